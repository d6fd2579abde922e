#include "CPNGTrap.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

// A file in memory, and what went wrong with it.
struct source {
  const uint8_t *bytes;
  size_t count, position;
  cpng_failure *failure;
};

static void on_error(png_structp png, png_const_charp text) {
  struct source *source = png_get_error_ptr(png);
  source->failure->offset = source->position;
  strncpy(source->failure->text, text, sizeof source->failure->text - 1);
  source->failure->text[sizeof source->failure->text - 1] = 0;
  png_longjmp(png, 1);
}

// Warnings concern what is not read here: profiles, dates, comments.
static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void take(png_structp png, png_bytep into, size_t count) {
  struct source *source = png_get_io_ptr(png);
  if (count > source->count - source->position) {
    source->position = source->count;
    png_error(png, "the file ends too early");
  }
  memcpy(into, source->bytes + source->position, count);
  source->position += count;
}

static void copy_transparency(png_structp png, png_infop info, cpng_header *header) {
  png_bytep alpha = NULL;
  png_color_16p key = NULL;
  int count = 0;
  if (!png_get_tRNS(png, info, &alpha, &count, &key)) return;
  if (header->kind == CPNG_PALETTE) {
    for (int i = 0; i < count && i < 256; i++) header->palette_alpha[i] = alpha[i];
  } else if (key != NULL) {
    header->has_key = true;
    header->key[0] = header->kind == CPNG_GREY ? key->gray : key->red;
    header->key[1] = key->green;
    header->key[2] = key->blue;
  }
}

static void copy_header(png_structp png, png_infop info, cpng_header *header) {
  memset(header, 0, sizeof *header);
  memset(header->palette_alpha, 255, sizeof header->palette_alpha);
  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  header->depth = png_get_bit_depth(png, info);
  header->kind = png_get_color_type(png, info);
  header->interlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
  header->row_bytes =
      (size_t)header->width * png_get_channels(png, info) * (header->depth == 16 ? 2 : 1);
  png_colorp palette = NULL;
  int count = 0;
  if (header->kind == CPNG_PALETTE && png_get_PLTE(png, info, &palette, &count)) {
    header->colours = count > 256 ? 256 : count;
    for (int i = 0; i < header->colours; i++) {
      header->palette[i][0] = palette[i].red;
      header->palette[i][1] = palette[i].green;
      header->palette[i][2] = palette[i].blue;
    }
  }
  copy_transparency(png, info, header);
}

// What a call does between `setjmp` and the end. Nothing in it may be read after a jump.
struct task {
  cpng_header *header;
  uint8_t *rows;
  size_t row_bytes, row_step;
  uint32_t height;
};

static void read_pixels(png_structp png, png_infop info, const struct task *task) {
  png_set_packing(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (png_get_rowbytes(png, info) != task->row_bytes ||
      png_get_image_height(png, info) != task->height)
    png_error(png, "the rows have another length than the header says");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t row = 0; row < task->height; row++)
      png_read_row(png, task->rows + row * task->row_step, NULL);
  png_read_end(png, NULL);
}

// Makes libpng's objects, does the task, and unmakes them, whatever happened. The frame that
// `setjmp` marks assigns nothing after it.
static int run(png_structp png, png_infop info, struct source *source, const struct task *task) {
  if (setjmp(png_jmpbuf(png)) != 0) return CPNG_FAILED;
  // Comments, profiles and the like are stepped over and never unpacked.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  // A damaged file is refused, even where only its transparency is damaged.
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF);
  png_set_read_fn(png, source, take);
  png_read_info(png, info);
  if (task->header != NULL) copy_header(png, info, task->header);
  if (task->rows != NULL) read_pixels(png, info, task);
  return CPNG_DONE;
}

static int trapped(const void *bytes, size_t count, cpng_failure *failure,
                   const struct task *task) {
  struct source source = {bytes, count, 0, failure};
  failure->offset = 0;
  strcpy(failure->text, "there is no memory for the reader");
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, on_error, on_warning);
  if (png == NULL) return CPNG_FAILED;
  png_infop info = png_create_info_struct(png);
  int outcome = info == NULL ? CPNG_FAILED : run(png, info, &source, task);
  png_destroy_read_struct(&png, &info, NULL);
  return outcome;
}

int cpng_read_header(const void *bytes, size_t count, cpng_header *header, cpng_failure *failure) {
  struct task task = {header, NULL, 0, 0, 0};
  return trapped(bytes, count, failure, &task);
}

int cpng_read_pixels(const void *bytes, size_t count, uint8_t *rows, size_t row_bytes,
                     size_t row_step, uint32_t height, cpng_failure *failure) {
  struct task task = {NULL, rows, row_bytes, row_step, height};
  return trapped(bytes, count, failure, &task);
}

const char *cpng_version(void) { return png_get_libpng_ver(NULL); }
