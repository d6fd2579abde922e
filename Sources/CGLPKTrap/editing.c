#include <stdlib.h>

#include "trap.h"

int cglpk_set_direction(cglpk_problem *problem, bool maximize, double constant) {
  CGLPK_TRAP({
    glp_set_obj_dir(problem, maximize ? GLP_MAX : GLP_MIN);
    glp_set_obj_coef(problem, 0, constant);
  });
}

int cglpk_append_rows(cglpk_problem *problem, int count, const cglpk_bounds *bounds) {
  if (count == 0) return CGLPK_DONE;
  CGLPK_TRAP({
    int first = glp_add_rows(problem, count);
    for (int k = 0; k < count; k++)
      glp_set_row_bnds(problem, first + k, bounds[k].type, bounds[k].lower, bounds[k].upper);
  });
}

int cglpk_append_columns(cglpk_problem *problem, int count, const double *costs,
                         const cglpk_bounds *bounds) {
  if (count == 0) return CGLPK_DONE;
  CGLPK_TRAP({
    int first = glp_add_cols(problem, count);
    for (int k = 0; k < count; k++) {
      glp_set_col_bnds(problem, first + k, bounds[k].type, bounds[k].lower, bounds[k].upper);
      glp_set_obj_coef(problem, first + k, costs[k]);
    }
  });
}

// One-based copies of vectors, with the unused first element that GLPK wants.
struct one_based {
  int *rows, *columns;
  double *values;
};

static void release(struct one_based copy) {
  free(copy.rows);
  free(copy.columns);
  free(copy.values);
}

static struct one_based allocate(size_t count, bool both) {
  struct one_based copy;
  copy.rows = calloc(count + 1, sizeof(int));
  copy.columns = both ? calloc(count + 1, sizeof(int)) : NULL;
  copy.values = calloc(count + 1, sizeof(double));
  return copy;
}

static int load(cglpk_problem *problem, int count, struct one_based copy) {
  CGLPK_TRAP({
    if (copy.rows == NULL || copy.columns == NULL || copy.values == NULL)
      glp_error("no memory for %d terms\n", count);
    glp_load_matrix(problem, count, copy.rows, copy.columns, copy.values);
  });
}

int cglpk_load_terms(cglpk_problem *problem, int count, const int32_t *rows,
                     const int32_t *columns, const double *coefficients) {
  struct one_based copy = allocate((size_t)count, true);
  for (int k = 0; copy.rows && copy.columns && copy.values && k < count; k++) {
    copy.rows[k + 1] = rows[k] + 1;
    copy.columns[k + 1] = columns[k] + 1;
    copy.values[k + 1] = coefficients[k];
  }
  int outcome = load(problem, count, copy);
  release(copy);
  return outcome;
}

typedef void (*set_vector)(glp_prob *, int, int, const int[], const double[]);

static int fill(cglpk_problem *problem, set_vector set, int first, int count,
                const int64_t *starts, const int32_t *indices, const double *coefficients,
                struct one_based copy) {
  CGLPK_TRAP({
    if (copy.rows == NULL || copy.values == NULL) glp_error("no memory for %d vectors\n", count);
    for (int k = 0; k < count; k++) {
      int length = (int)(starts[k + 1] - starts[k]);
      for (int e = 0; e < length; e++) {
        copy.rows[e + 1] = indices[starts[k] + e] + 1;
        copy.values[e + 1] = coefficients[starts[k] + e];
      }
      set(problem, first + k + 1, length, copy.rows, copy.values);
    }
  });
}

static int fill_vectors(cglpk_problem *problem, set_vector set, int first, int count,
                        const int64_t *starts, const int32_t *indices,
                        const double *coefficients) {
  int64_t longest = 0;
  for (int k = 0; k < count; k++)
    if (starts[k + 1] - starts[k] > longest) longest = starts[k + 1] - starts[k];
  struct one_based copy = allocate((size_t)longest, false);
  int outcome = fill(problem, set, first, count, starts, indices, coefficients, copy);
  release(copy);
  return outcome;
}

int cglpk_fill_rows(cglpk_problem *problem, int first, int count, const int64_t *starts,
                    const int32_t *columns, const double *coefficients) {
  return fill_vectors(problem, glp_set_mat_row, first, count, starts, columns, coefficients);
}

int cglpk_fill_columns(cglpk_problem *problem, int first, int count, const int64_t *starts,
                       const int32_t *rows, const double *coefficients) {
  return fill_vectors(problem, glp_set_mat_col, first, count, starts, rows, coefficients);
}

typedef void (*remove_vectors)(glp_prob *, int, const int[]);

static int remove_copied(cglpk_problem *problem, remove_vectors call, int count,
                         struct one_based copy) {
  CGLPK_TRAP({
    if (copy.rows == NULL) glp_error("no memory to remove %d vectors\n", count);
    call(problem, count, copy.rows);
  });
}

static int remove_all(cglpk_problem *problem, remove_vectors call, int count,
                      const int32_t *indices) {
  if (count == 0) return CGLPK_DONE;
  struct one_based copy = allocate((size_t)count, false);
  for (int k = 0; copy.rows && k < count; k++) copy.rows[k + 1] = indices[k] + 1;
  int outcome = remove_copied(problem, call, count, copy);
  release(copy);
  return outcome;
}

int cglpk_remove_rows(cglpk_problem *problem, int count, const int32_t *rows) {
  return remove_all(problem, glp_del_rows, count, rows);
}

int cglpk_remove_columns(cglpk_problem *problem, int count, const int32_t *columns) {
  return remove_all(problem, glp_del_cols, count, columns);
}

int cglpk_set_cost(cglpk_problem *problem, int column, double cost) {
  CGLPK_TRAP(glp_set_obj_coef(problem, column + 1, cost));
}

int cglpk_set_row_bounds(cglpk_problem *problem, int row, cglpk_bounds bounds) {
  CGLPK_TRAP(glp_set_row_bnds(problem, row + 1, bounds.type, bounds.lower, bounds.upper));
}

int cglpk_set_column_bounds(cglpk_problem *problem, int column, cglpk_bounds bounds) {
  CGLPK_TRAP(glp_set_col_bnds(problem, column + 1, bounds.type, bounds.lower, bounds.upper));
}
