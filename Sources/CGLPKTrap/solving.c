#include <float.h>

#include "trap.h"

int cglpk_slack_basis(cglpk_problem *problem) { CGLPK_TRAP(glp_std_basis(problem)); }

int cglpk_advanced_basis(cglpk_problem *problem) { CGLPK_TRAP(glp_adv_basis(problem, 0)); }

int cglpk_set_basis(cglpk_problem *problem, const int32_t *rows, const int32_t *columns) {
  CGLPK_TRAP({
    int m = glp_get_num_rows(problem);
    int n = glp_get_num_cols(problem);
    for (int i = 0; i < m; i++) glp_set_row_stat(problem, i + 1, rows[i]);
    for (int j = 0; j < n; j++) glp_set_col_stat(problem, j + 1, columns[j]);
  });
}

int cglpk_get_basis(cglpk_problem *problem, int32_t *rows, int32_t *columns) {
  CGLPK_TRAP({
    int m = glp_get_num_rows(problem);
    int n = glp_get_num_cols(problem);
    for (int i = 0; i < m; i++) rows[i] = glp_get_row_stat(problem, i + 1);
    for (int j = 0; j < n; j++) columns[j] = glp_get_col_stat(problem, j + 1);
  });
}

int cglpk_warm_up(cglpk_problem *problem, int *code) {
  CGLPK_TRAP(*code = glp_warm_up(problem));
}

// `glp_scale_prob` writes to the terminal whatever the message level; the hook takes it.
int cglpk_scale(cglpk_problem *problem) { CGLPK_TRAP(glp_scale_prob(problem, GLP_SF_AUTO)); }

// Progress lines come ten times a second, so that the terminal hook can ask for an interruption.
static glp_smcp settings_of(const cglpk_simplex_settings *settings) {
  glp_smcp result;
  glp_init_smcp(&result);
  result.msg_lev = GLP_MSG_ALL;
  result.out_frq = 100;
  result.meth = settings->method;
  result.pricing = settings->pricing;
  result.r_test = settings->ratio_test;
  result.presolve = settings->presolve;
  result.it_lim = settings->iteration_limit;
  result.tm_lim = settings->milliseconds;
  result.tol_bnd = settings->primal_tolerance;
  result.tol_dj = settings->dual_tolerance;
  result.tol_piv = settings->pivot_tolerance;
  return result;
}

int cglpk_simplex(cglpk_problem *problem, const cglpk_simplex_settings *settings,
                  cglpk_interrupt interrupt, void *context, int *code) {
  CGLPK_TRAP_ASKING(interrupt, context, {
    glp_smcp parameters = settings_of(settings);
    *code = glp_simplex(problem, &parameters);
  });
}

int cglpk_exact(cglpk_problem *problem, const cglpk_simplex_settings *settings,
                cglpk_interrupt interrupt, void *context, int *code) {
  CGLPK_TRAP_ASKING(interrupt, context, {
    glp_smcp parameters = settings_of(settings);
    *code = glp_exact(problem, &parameters);
  });
}

int cglpk_interior(cglpk_problem *problem, cglpk_interrupt interrupt, void *context, int *code) {
  CGLPK_TRAP_ASKING(interrupt, context, {
    glp_iptcp parameters;
    glp_init_iptcp(&parameters);
    *code = glp_interior(problem, &parameters);
  });
}

int cglpk_get_state(cglpk_problem *problem, bool interior, cglpk_state *state) {
  CGLPK_TRAP({
    state->status = interior ? glp_ipt_status(problem) : glp_get_status(problem);
    state->primal = interior ? state->status : glp_get_prim_stat(problem);
    state->dual = interior ? state->status : glp_get_dual_stat(problem);
    state->iterations = glp_get_it_cnt(problem);
    state->objective = interior ? glp_ipt_obj_val(problem) : glp_get_obj_val(problem);
  });
}

int cglpk_row_values(cglpk_problem *problem, bool interior, double *activities, double *duals) {
  CGLPK_TRAP({
    int m = glp_get_num_rows(problem);
    for (int i = 1; i <= m; i++) {
      if (activities)
        activities[i - 1] =
            interior ? glp_ipt_row_prim(problem, i) : glp_get_row_prim(problem, i);
      if (duals)
        duals[i - 1] = interior ? glp_ipt_row_dual(problem, i) : glp_get_row_dual(problem, i);
    }
  });
}

int cglpk_column_values(cglpk_problem *problem, bool interior, int first, int count,
                        double *values, double *duals) {
  CGLPK_TRAP({
    for (int k = 0; k < count; k++) {
      int j = first + k + 1;
      if (values)
        values[k] = interior ? glp_ipt_col_prim(problem, j) : glp_get_col_prim(problem, j);
      if (duals)
        duals[k] = interior ? glp_ipt_col_dual(problem, j) : glp_get_col_dual(problem, j);
    }
  });
}

static int status_of(glp_prob *problem, int m, int k) {
  return k <= m ? glp_get_row_stat(problem, k) : glp_get_col_stat(problem, k - m);
}

int cglpk_ranging(cglpk_problem *problem, double *bound_lower, double *bound_upper,
                  double *cost_lower, double *cost_upper, int *code) {
  CGLPK_TRAP({
    *code = glp_warm_up(problem);
    int m = glp_get_num_rows(problem);
    int n = glp_get_num_cols(problem);
    for (int k = 1; *code == 0 && k <= m + n; k++) {
      if (status_of(problem, m, k) != GLP_BS)
        glp_analyze_bound(problem, k, &bound_lower[k - 1], NULL, &bound_upper[k - 1], NULL);
      else if (k > m)
        glp_analyze_coef(problem, k, &cost_lower[k - m - 1], NULL, NULL, &cost_upper[k - m - 1],
                         NULL, NULL);
    }
  });
}
