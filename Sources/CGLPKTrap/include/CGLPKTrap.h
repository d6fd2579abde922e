// Every call of GLPK that the package makes, each inside a trap.
//
// GLPK ends the process when it finds an error. Here each call runs between `setjmp` and an error
// hook that jumps back, so that the caller gets a code instead. Only C frames (GLPK's and the
// hooks') are jumped over. After such a jump GLPK's environment, and with it every object made on
// this thread, is freed; `cglpk_generation` then differs from the number a caller has noted.
//
// GLPK's environment is local to a thread; so is everything kept here.
// Indices are zero-based on this side, one-based on GLPK's.
#ifndef CGLPK_TRAP_H
#define CGLPK_TRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct glp_prob cglpk_problem;

// What became of a call.
enum {
  CGLPK_DONE = 0,         // it returned
  CGLPK_ABORTED = 1,      // GLPK wanted to abort; everything on this thread is gone
  CGLPK_INTERRUPTED = 2,  // the interrupt function asked for it; everything on this thread is gone
};

// Bounds of one row or column; `type` is GLP_FR, GLP_LO, GLP_UP, GLP_DB or GLP_FX.
typedef struct {
  int32_t type;
  double lower, upper;
} cglpk_bounds;

// Settings of the simplex methods, fields as in `glp_smcp`.
typedef struct {
  int32_t method, pricing, ratio_test, presolve, iteration_limit, milliseconds;
  double primal_tolerance, dual_tolerance, pivot_tolerance;
} cglpk_simplex_settings;

// Asked about ten times a second while GLPK runs; true stops the run by a jump.
typedef bool (*cglpk_interrupt)(void *context);

// The number of environments this thread has lost to a jump.
uint64_t cglpk_generation(void);
// A pointer that tells threads apart; never dereferenced.
const void *cglpk_thread(void);
// The number of problems alive on this thread.
int cglpk_live_problems(void);
// Forgets the messages collected on this thread.
void cglpk_clear_messages(void);
// The messages collected since then, zero-terminated; the oldest go first when there are too many.
const char *cglpk_messages(void);

// Making and ending
int cglpk_create(cglpk_problem **problem);
int cglpk_delete(cglpk_problem *problem);

// Editing. `rows` and `columns` are zero-based, without duplicates inside one vector.
int cglpk_set_direction(cglpk_problem *problem, bool maximize, double constant);
int cglpk_append_rows(cglpk_problem *problem, int count, const cglpk_bounds *bounds);
int cglpk_append_columns(cglpk_problem *problem, int count, const double *costs,
                         const cglpk_bounds *bounds);
int cglpk_load_terms(cglpk_problem *problem, int count, const int32_t *rows,
                     const int32_t *columns, const double *coefficients);
int cglpk_fill_rows(cglpk_problem *problem, int first, int count, const int64_t *starts,
                    const int32_t *columns, const double *coefficients);
int cglpk_fill_columns(cglpk_problem *problem, int first, int count, const int64_t *starts,
                       const int32_t *rows, const double *coefficients);
int cglpk_remove_rows(cglpk_problem *problem, int count, const int32_t *rows);
int cglpk_remove_columns(cglpk_problem *problem, int count, const int32_t *columns);
int cglpk_set_cost(cglpk_problem *problem, int column, double cost);
int cglpk_set_row_bounds(cglpk_problem *problem, int row, cglpk_bounds bounds);
int cglpk_set_column_bounds(cglpk_problem *problem, int column, cglpk_bounds bounds);

// The basis. Statuses are GLP_BS, GLP_NL, GLP_NU, GLP_NF, GLP_NS.
int cglpk_slack_basis(cglpk_problem *problem);
int cglpk_advanced_basis(cglpk_problem *problem);
int cglpk_set_basis(cglpk_problem *problem, const int32_t *rows, const int32_t *columns);
int cglpk_get_basis(cglpk_problem *problem, int32_t *rows, int32_t *columns);
int cglpk_warm_up(cglpk_problem *problem, int *code);

// Solving. `code` is what GLPK returned.
int cglpk_scale(cglpk_problem *problem);
int cglpk_simplex(cglpk_problem *problem, const cglpk_simplex_settings *settings,
                  cglpk_interrupt interrupt, void *context, int *code);
int cglpk_exact(cglpk_problem *problem, const cglpk_simplex_settings *settings,
                cglpk_interrupt interrupt, void *context, int *code);
int cglpk_interior(cglpk_problem *problem, cglpk_interrupt interrupt, void *context, int *code);

// Reading a solution: the basic one, or the interior point's.
typedef struct {
  int32_t status, primal, dual, iterations;
  double objective;
} cglpk_state;
int cglpk_get_state(cglpk_problem *problem, bool interior, cglpk_state *state);
int cglpk_row_values(cglpk_problem *problem, bool interior, double *activities, double *duals);
int cglpk_column_values(cglpk_problem *problem, bool interior, int first, int count,
                        double *values, double *duals);

// Sensitivity of the optimal basis. Bounds: two values for each nonbasic row and column (rows
// first); costs: two for each basic column. What does not apply is left as it was.
int cglpk_ranging(cglpk_problem *problem, double *bound_lower, double *bound_upper,
                  double *cost_lower, double *cost_upper, int *code);

// Reading a program back.
typedef struct {
  int32_t rows, columns, terms, integers;
  bool maximize;
  double constant;
} cglpk_shape;
enum { CGLPK_MPS_FIXED = 0, CGLPK_MPS_FREE = 1, CGLPK_CPLEX = 2, CGLPK_GLPK = 3 };
// `megabytes` limits the memory of this thread's environment, for a file of one line can ask for
// 100 million rows; beyond it the call is aborted.
int cglpk_read(cglpk_problem *problem, int format, const char *path, int megabytes, int *code);
int cglpk_get_shape(cglpk_problem *problem, cglpk_shape *shape);
int cglpk_get_program(cglpk_problem *problem, double *costs, cglpk_bounds *rows,
                      cglpk_bounds *columns, int32_t *term_rows, int32_t *term_columns,
                      double *coefficients);
int cglpk_get_row_name(cglpk_problem *problem, int row, const char **name);
int cglpk_get_column_name(cglpk_problem *problem, int column, const char **name, bool *integer);

// Plain files: `write` returns 0 or the system's error number, `read` the bytes read.
int cglpk_write_file(const char *path, const void *bytes, size_t count);
int64_t cglpk_file_size(const char *path);  // -1 when it has none
size_t cglpk_read_file(const char *path, void *bytes, size_t count);
const char *cglpk_error_text(int code);

#endif
