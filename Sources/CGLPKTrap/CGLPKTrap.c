#include "trap.h"

#include <stdlib.h>

static _Thread_local struct cglpk_thread_state thread;

uint64_t cglpk_generation(void) { return thread.generation; }
const void *cglpk_thread(void) { return &thread; }
int cglpk_live_problems(void) { return thread.live; }

void cglpk_clear_messages(void) {
  thread.length = 0;
  thread.text[0] = 0;
}

const char *cglpk_messages(void) { return thread.text; }

// Keeps the newest text: when the buffer is full its older half goes.
static void collect(const char *text) {
  size_t size = strlen(text);
  if (size > CGLPK_TEXT_SIZE / 2) {
    text += size - CGLPK_TEXT_SIZE / 2;
    size = CGLPK_TEXT_SIZE / 2;
  }
  if (thread.length + size > CGLPK_TEXT_SIZE) {
    size_t kept = CGLPK_TEXT_SIZE / 2;
    if (kept > thread.length) kept = thread.length;
    memmove(thread.text, thread.text + thread.length - kept, kept);
    thread.length = kept;
  }
  memcpy(thread.text + thread.length, text, size);
  thread.length += size;
  thread.text[thread.length] = 0;
}

static void jump(int reason) {
  thread.reason = reason;
  longjmp(*thread.target, 1);
}

// GLPK's terminal hook: nonzero means that nothing is printed. While a progress line is written
// GLPK stands still, so this is also where a run can be interrupted.
static int swallow(void *info, const char *text) {
  (void)info;
  collect(text);
  if (thread.interrupt == NULL || thread.target == NULL || thread.asking) return 1;
  thread.asking = true;
  bool stop = thread.interrupt(thread.context);
  thread.asking = false;
  if (stop) jump(CGLPK_INTERRUPTED);
  return 1;
}

static void on_error(void *info) {
  (void)info;
  if (thread.target != NULL) jump(CGLPK_ABORTED);
}

jmp_buf *cglpk_enter(jmp_buf *here, cglpk_interrupt interrupt, void *context) {
  if (glp_init_env() == 0) thread.owns_environment = true;
  glp_term_hook(swallow, NULL);
  glp_error_hook(on_error, NULL);
  jmp_buf *outer = thread.target;
  thread.target = here;
  thread.interrupt = interrupt;
  thread.context = context;
  return outer;
}

int cglpk_leave(jmp_buf *outer) {
  thread.target = outer;
  thread.interrupt = NULL;
  if (thread.live == 0) cglpk_release();
  return CGLPK_DONE;
}

int cglpk_recover(jmp_buf *outer) {
  glp_free_env();
  thread.owns_environment = false;
  thread.live = 0;
  thread.generation += 1;
  thread.target = outer;
  thread.interrupt = NULL;
  return thread.reason;
}

void cglpk_release(void) {
  if (!thread.owns_environment) return;
  glp_free_env();
  thread.owns_environment = false;
}

int cglpk_create(cglpk_problem **problem) {
  CGLPK_TRAP({
    *problem = glp_create_prob();
    thread.live += 1;
  });
}

int cglpk_delete(cglpk_problem *problem) {
  CGLPK_TRAP({
    glp_delete_prob(problem);
    thread.live -= 1;
  });
}
