internal import COpenBLAS

extension Matrix {
  /// All min(rows, columns) singular values, largest first.
  ///
  /// Not differentiable; it is for reports and tests, and training uses power iteration.
  ///
  /// - Complexity: O(rows · columns · min(rows, columns)), by LAPACK's `dgesdd` (M. Gu and
  ///   S. Eisenstat, A divide-and-conquer algorithm for the bidiagonal SVD, 1995).
  public func singularValues() -> [Double] {
    precondition(isFinite, "A matrix with an infinite entry or NaN has no singular values")
    _ = Matrix.oneThread
    var values = [Double](repeating: 0, count: min(rows, columns))
    // First a question for the size of the working space, then the answer.
    let space = decompose(into: &values, workCount: -1)
    decompose(into: &values, workCount: blasint(space))
    return values
  }

  /// The largest factor by which the matrix stretches a vector: its spectral norm.
  public func largestSingularValue() -> Double { singularValues()[0] }

  /// Column-major storage makes this the transposed matrix, which has the same singular values.
  @discardableResult
  private func decompose(into values: inout [Double], workCount: blasint) -> Double {
    var (job, info) = (CChar(78), blasint(0))  // "N": no singular vectors
    var (rowCount, columnCount, one) = (blasint(columns), blasint(rows), blasint(1))
    var (workCount, left, right) = (workCount, 0.0, 0.0)
    var copy = elements
    var work = [Double](repeating: 0, count: max(Int(workCount), 1))
    var integerWork = [blasint](repeating: 0, count: 8 * values.count)
    var (leading, otherOne) = (rowCount, one)
    unsafe dgesdd_(
      &job, &rowCount, &columnCount, &copy, &leading, &values, &left, &one, &right,
      &otherOne, &work, &workCount, &integerWork, &info)
    precondition(info == 0, "The singular values of a \(shape) matrix did not converge")
    return work[0]
  }
}
