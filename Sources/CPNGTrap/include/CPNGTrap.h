// Every call of libpng that the package makes, each inside a trap.
//
// libpng leaves the reading of a broken file by `longjmp`. Here both ends of the jump are in C: a
// call reads from memory, returns what became of it, and leaves nothing behind. Only frames of
// libpng and of this file are jumped over. Nothing is kept between calls; any thread may call.
#ifndef CPNG_TRAP_H
#define CPNG_TRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What became of a call.
enum {
  CPNG_DONE = 0,    // it returned
  CPNG_FAILED = 1,  // libpng gave up; `cpng_failure` says where and why
};

// What the samples of a pixel are, as PNG numbers them.
enum {
  CPNG_GREY = 0,
  CPNG_COLOUR = 2,
  CPNG_PALETTE = 3,
  CPNG_GREY_ALPHA = 4,
  CPNG_COLOUR_ALPHA = 6,
};

// Everything of a file that comes before its pixels.
typedef struct {
  uint32_t width, height;
  int32_t depth;    // bits of a sample: 1, 2, 4, 8 or 16
  int32_t kind;     // one of the above
  size_t row_bytes;  // bytes of a row as `cpng_read_pixels` gives it
  bool interlaced;
  int32_t colours;  // entries of the palette
  uint8_t palette[256][3];
  uint8_t palette_alpha[256];  // 255 where the file says nothing
  bool has_key;                // one colour is transparent
  uint16_t key[3];             // that colour; grey in the first place
} cpng_header;

// Why and where reading ended.
typedef struct {
  size_t offset;  // the bytes taken by then
  char text[128];
} cpng_failure;

// Reads what comes before the pixels. Takes no memory that the file asks for.
int cpng_read_header(const void *bytes, size_t count, cpng_header *header, cpng_failure *failure);

// Reads the pixels, row by row from the top, `row_bytes` each: one byte for each sample of 8 bits or
// fewer, as it is stored; two bytes, the higher first, for one of 16 bits. Checks the end of the
// file as well. Rows are written as they arrive. `row_step` is `row_bytes`, or 0 to write all rows
// over each other and learn only whether the file holds them.
int cpng_read_pixels(const void *bytes, size_t count, uint8_t *rows, size_t row_bytes,
                     size_t row_step, uint32_t height, cpng_failure *failure);

// The version of libpng that is linked, such as "1.6.39"; the text is never freed.
const char *cpng_version(void);

#endif
