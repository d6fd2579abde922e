// The trap itself, for the C files of this target only.
#ifndef CGLPK_TRAP_INTERNAL_H
#define CGLPK_TRAP_INTERNAL_H

#include <glpk.h>
#include <setjmp.h>
#include <string.h>

#include "CGLPKTrap.h"

#define CGLPK_TEXT_SIZE 16384

struct cglpk_thread_state {
  jmp_buf *target;            // where an abort jumps to; NULL outside a trap
  cglpk_interrupt interrupt;  // asked at each progress line, or NULL
  void *context;
  bool asking;                // inside `interrupt`
  bool owns_environment;      // this code made the environment, so it may free it
  int reason;                 // why the last jump was made
  int live;                   // problems made here and not yet deleted
  uint64_t generation;
  size_t length;
  char text[CGLPK_TEXT_SIZE + 1];
};

jmp_buf *cglpk_enter(jmp_buf *here, cglpk_interrupt interrupt, void *context);
int cglpk_leave(jmp_buf *outer);
int cglpk_recover(jmp_buf *outer);
void cglpk_release(void);

// Runs the statement and returns from the function around it with what became of it. Nothing the
// statement assigns may be read after a jump unless it is volatile.
#define CGLPK_TRAP_ASKING(interrupt_function, interrupt_context, ...)              \
  do {                                                                             \
    jmp_buf here;                                                                  \
    jmp_buf *outer = cglpk_enter(&here, (interrupt_function), (interrupt_context)); \
    if (setjmp(here) != 0) return cglpk_recover(outer);                            \
    __VA_ARGS__;                                                                   \
    return cglpk_leave(outer);                                                     \
  } while (0)

#define CGLPK_TRAP(...) CGLPK_TRAP_ASKING(NULL, NULL, __VA_ARGS__)

#endif
