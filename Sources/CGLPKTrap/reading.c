#include <limits.h>

#include "trap.h"

int cglpk_read(cglpk_problem *problem, int format, const char *path, int megabytes, int *code) {
  CGLPK_TRAP({
    glp_mem_limit(megabytes);
    switch (format) {
      case CGLPK_MPS_FIXED: *code = glp_read_mps(problem, GLP_MPS_DECK, NULL, path); break;
      case CGLPK_MPS_FREE: *code = glp_read_mps(problem, GLP_MPS_FILE, NULL, path); break;
      case CGLPK_CPLEX: *code = glp_read_lp(problem, NULL, path); break;
      default: *code = glp_read_prob(problem, 0, path); break;
    }
    glp_mem_limit(INT_MAX);
  });
}

int cglpk_get_shape(cglpk_problem *problem, cglpk_shape *shape) {
  CGLPK_TRAP({
    shape->rows = glp_get_num_rows(problem);
    shape->columns = glp_get_num_cols(problem);
    shape->terms = glp_get_num_nz(problem);
    shape->integers = glp_get_num_int(problem);
    shape->maximize = glp_get_obj_dir(problem) == GLP_MAX;
    shape->constant = glp_get_obj_coef(problem, 0);
  });
}

static int copy_terms(glp_prob *problem, int row, int *indices, double *values, int32_t *rows,
                      int32_t *columns, double *coefficients) {
  int length = glp_get_mat_row(problem, row, indices, values);
  for (int e = 1; e <= length; e++) {
    rows[e - 1] = row - 1;
    columns[e - 1] = indices[e] - 1;
    coefficients[e - 1] = values[e];
  }
  return length;
}

static cglpk_bounds row_bounds(glp_prob *problem, int i) {
  return (cglpk_bounds){glp_get_row_type(problem, i), glp_get_row_lb(problem, i),
                        glp_get_row_ub(problem, i)};
}

static cglpk_bounds column_bounds(glp_prob *problem, int j) {
  return (cglpk_bounds){glp_get_col_type(problem, j), glp_get_col_lb(problem, j),
                        glp_get_col_ub(problem, j)};
}

int cglpk_get_program(cglpk_problem *problem, double *costs, cglpk_bounds *rows,
                      cglpk_bounds *columns, int32_t *term_rows, int32_t *term_columns,
                      double *coefficients) {
  CGLPK_TRAP({
    int m = glp_get_num_rows(problem);
    int n = glp_get_num_cols(problem);
    int *indices = glp_alloc(n + 1, sizeof(int));
    double *values = glp_alloc(n + 1, sizeof(double));
    int terms = 0;
    for (int j = 1; j <= n; j++) {
      costs[j - 1] = glp_get_obj_coef(problem, j);
      columns[j - 1] = column_bounds(problem, j);
    }
    for (int i = 1; i <= m; i++) {
      rows[i - 1] = row_bounds(problem, i);
      terms += copy_terms(problem, i, indices, values, term_rows + terms, term_columns + terms,
                          coefficients + terms);
    }
    glp_free(indices);
    glp_free(values);
  });
}

int cglpk_get_row_name(cglpk_problem *problem, int row, const char **name) {
  CGLPK_TRAP(*name = glp_get_row_name(problem, row + 1));
}

int cglpk_get_column_name(cglpk_problem *problem, int column, const char **name, bool *integer) {
  CGLPK_TRAP({
    *name = glp_get_col_name(problem, column + 1);
    *integer = glp_get_col_kind(problem, column + 1) != GLP_CV;
  });
}
