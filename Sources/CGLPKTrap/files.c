#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "CGLPKTrap.h"

int cglpk_write_file(const char *path, const void *bytes, size_t count) {
  errno = 0;
  FILE *file = fopen(path, "wb");
  if (file == NULL) return errno ? errno : EIO;
  bool failed = fwrite(bytes, 1, count, file) != count;
  int code = errno;
  if (fclose(file) != 0 && !failed) return errno ? errno : EIO;
  return failed ? (code ? code : EIO) : 0;
}

int64_t cglpk_file_size(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 && S_ISREG(about.st_mode) ? (int64_t)about.st_size : -1;
}

size_t cglpk_read_file(const char *path, void *bytes, size_t count) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return 0;
  size_t read = fread(bytes, 1, count, file);
  fclose(file);
  return read;
}

const char *cglpk_error_text(int code) { return strerror(code); }
