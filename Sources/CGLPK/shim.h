// GLPK's own header, as the system installs it (Debian ships no pkg-config file for it).
#include <glpk.h>
