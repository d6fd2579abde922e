// libpng's own header, as the system installs it.
#include <png.h>
