internal import COpenBLAS

extension Matrix {
  /// A product of two matrices, either read transposed in place.
  static func product(_ a: Matrix, _ b: Matrix, transposing: Transposition) -> Matrix {
    let size = transposing.sizes(a.shape, b.shape)
    return unsafe Matrix(filling: Shape(rows: size.rows, columns: size.columns)) { out in
      unsafe multiply(a, b, transposing, size, keeping: 0, into: out)
    }
  }

  /// A product with a row added to each row: the row is written first and the product added to it.
  static func affine(_ x: Matrix, _ w: Matrix, _ bias: Matrix, _ transposing: Transposition)
    -> Matrix
  {
    let size = transposing.sizes(x.shape, w.shape)
    return unsafe Matrix(filling: Shape(rows: size.rows, columns: size.columns)) { out in
      unsafe bias.withElements { bias in
        for row in 0..<size.rows {
          unsafe (out + row * size.columns).initialize(from: bias, count: size.columns)
        }
      }
      unsafe multiply(x, w, transposing, size, keeping: 1, into: out)
    }
  }

  /// out ← a·b + `keeping` · out.
  private static func multiply(
    _ a: Matrix, _ b: Matrix, _ transposing: Transposition,
    _ size: (rows: Int, inner: Int, columns: Int), keeping: Double,
    into out: UnsafeMutablePointer<Double>
  ) {
    _ = oneThread
    unsafe a.withElements { first in
      unsafe b.withElements { second in
        unsafe cblas_dgemm(
          CblasRowMajor, transposing.left ? CblasTrans : CblasNoTrans,
          transposing.right ? CblasTrans : CblasNoTrans, blasint(size.rows),
          blasint(size.columns), blasint(size.inner), 1, first, blasint(a.columns), second,
          blasint(b.columns), keeping, out, blasint(size.columns))
      }
    }
  }

  /// Evaluated once, before the first product.
  ///
  /// One thread: the products of small networks are too short to share, tasks run beside each
  /// other, and the order of summation does not depend on the machine's number of cores.
  static let oneThread: Void = openblas_set_num_threads(1)
}
