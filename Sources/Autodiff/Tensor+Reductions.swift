extension Tensor {
  /// The sum of all entries, 1 × 1.
  public func sum() -> Tensor { summed(to: .scalar) }

  /// The sum of each row, rows × 1.
  public func rowSums() -> Tensor { summed(to: Shape(rows: shape.rows, columns: 1)) }

  /// The sum of each column, 1 × columns.
  public func columnSums() -> Tensor { summed(to: Shape(rows: 1, columns: shape.columns)) }

  /// The mean of all entries, 1 × 1.
  public func mean() -> Tensor { sum() / Double(shape.count) }

  /// The mean of each row, rows × 1.
  public func rowMeans() -> Tensor { rowSums() / Double(shape.columns) }

  /// The mean of each column, 1 × columns: over the samples, for each feature.
  public func columnMeans() -> Tensor { columnSums() / Double(shape.rows) }

  /// The square root of the sum of squares of each row.
  ///
  /// - Parameter epsilon: Added inside of the root, so that the gradient at a row of zeros is zero
  ///   and not NaN.
  /// - Returns: rows × 1.
  public func rowNorms(epsilon: Double = 1e-12) -> Tensor {
    (squared().rowSums() + epsilon).squareRoot()
  }

  /// The largest entry of each row, rows × 1; of equal ones the first has the derivative.
  public func rowMaxima() -> Tensor { rowExtremes { $0 > $1 } }

  /// The smallest entry of each row, rows × 1; of equal ones the first has the derivative.
  public func rowMinima() -> Tensor { rowExtremes { $0 < $1 } }

  /// Repeated along axes of size 1 to fill a shape.
  public func broadcast(to shape: Shape) -> Tensor {
    precondition(
      self.shape.broadcasts(to: shape),
      "Cannot repeat \(self.shape) to \(shape): along each axis the sizes must agree or be 1")
    return self.shape == shape ? self : Tensor(.broadcast, [self], shape: shape)
  }

  func summed(to target: Shape) -> Tensor {
    target == shape ? self : Tensor(.sum, [self], shape: target)
  }

  private func rowExtremes(_ isBetter: (Double, Double) -> Bool) -> Tensor {
    let indices = value.rowExtremeIndices(isBetter)
    return Tensor(.gather(indices), [self], shape: Shape(rows: shape.rows, columns: 1))
  }
}
