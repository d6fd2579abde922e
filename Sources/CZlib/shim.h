// zlib's own header, as the system installs it.
#include <zlib.h>
