// OpenBLAS's own header, where its pkg-config file says that it is.
#include <cblas.h>

// LAPACK's singular value decomposition by divide and conquer. It is part of libopenblas, but its C
// header is not part of every OpenBLAS package; this is the Fortran interface, column-major.
extern void dgesdd_(
  const char *job, const blasint *rows, const blasint *columns, double *matrix,
  const blasint *leading, double *values, double *left, const blasint *leftLeading, double *right,
  const blasint *rightLeading, double *work, const blasint *workCount, blasint *integerWork,
  blasint *info);
