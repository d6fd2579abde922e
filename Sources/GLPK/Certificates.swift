/// A proof that no point meets all bounds of a program.
///
/// With the multipliers y, whatever the columns are within their bounds, y·(Ax) is at most
/// `columnsReach`; whatever the rows are within theirs, y·r is at least `rowsDemand`, which is
/// greater. Farkas's lemma: every infeasible program has such a y.
///
/// Source: J. Farkas, Theorie der einfachen Ungleichungen, 1902.
public struct FarkasCertificate: Sendable, Hashable {
  /// One multiplier for each row, the largest of magnitude 1.
  public let rowMultipliers: [Double]
  /// The greatest y·(Ax) over the bounds of the columns.
  public let columnsReach: Double
  /// The least y·r over the bounds of the rows.
  public let rowsDemand: Double
}

/// A direction in which a program's objective improves without end and no bound is met.
public struct UnboundedRay: Sendable, Hashable {
  /// One component for each column, the largest of magnitude 1.
  public let columnDirections: [Double]
  /// What one step along the direction adds to the objective: negative when minimising.
  public let objectiveChange: Double
}

/// A sum that also knows the size of what it added, to tell a value from rounding.
struct MeasuredSum {
  private(set) var value = 0.0
  private(set) var magnitude = 0.0

  mutating func add(_ term: Double) {
    value += term
    magnitude += term.magnitude
  }
}

/// What is below this part of the terms it was summed from counts as rounding.
private let roundingLevel = 1e-9

extension LinearProgram {
  /// Checks multipliers as a proof of infeasibility, from the program's data alone.
  ///
  /// Sums below 10⁻⁹ of the terms they were made from count as zero, and the contradiction must
  /// be greater than that. Linear in the terms of the program.
  /// - Parameter rowMultipliers: One multiplier for each row.
  /// - Returns: The certificate, or nil if the multipliers prove nothing.
  public func farkasCertificate(checking rowMultipliers: [Double]) -> FarkasCertificate? {
    let largest = rowMultipliers.reduce(0) { max($0, $1.magnitude) }
    guard rowMultipliers.count == rowCount, largest > 0, largest.isFinite else { return nil }
    let multipliers = rowMultipliers.map {
      $0.magnitude <= roundingLevel * largest ? 0 : $0 / largest
    }
    let (sums, sizes) = terms.transposedProduct(with: multipliers, columnCount: columnCount)
    var reach = MeasuredSum()
    for j in 0..<columnCount where sums[j].magnitude > roundingLevel * sizes[j] {
      reach.add(sums[j] * (sums[j] > 0 ? columnBounds[j].upper : columnBounds[j].lower))
    }
    var demand = MeasuredSum()
    for i in 0..<rowCount where multipliers[i] != 0 {
      let y = multipliers[i]
      demand.add(y * (y > 0 ? rowBounds[i].lower : rowBounds[i].upper))
    }
    let noise = roundingLevel * (reach.magnitude + demand.magnitude)
    guard noise.isFinite, demand.value - reach.value > noise else { return nil }
    return FarkasCertificate(
      rowMultipliers: multipliers, columnsReach: reach.value, rowsDemand: demand.value)
  }

  /// Checks a direction as a proof that the objective has no limit, from the data alone.
  ///
  /// That the program has a feasible point at all is not part of this proof.
  /// - Parameter direction: One component for each column.
  /// - Returns: The ray, or nil if the direction meets a bound or does not improve the objective.
  public func unboundedRay(checking direction: [Double]) -> UnboundedRay? {
    let largest = direction.reduce(0) { max($0, $1.magnitude) }
    guard direction.count == columnCount, largest > 0, largest.isFinite else { return nil }
    let ray = direction.map { $0.magnitude <= roundingLevel * largest ? 0 : $0 / largest }
    for j in 0..<columnCount where !columnBounds[j].recedes(along: ray[j]) { return nil }
    var activities = [MeasuredSum](repeating: MeasuredSum(), count: rowCount)
    for k in 0..<terms.count {
      activities[Int(terms.rows[k])].add(terms.coefficients[k] * ray[Int(terms.columns[k])])
    }
    for i in 0..<rowCount {
      let isZero = activities[i].value.magnitude <= roundingLevel * activities[i].magnitude
      if !isZero, !rowBounds[i].recedes(along: activities[i].value) { return nil }
    }
    var change = MeasuredSum()
    for j in 0..<columnCount { change.add(costs[j] * ray[j]) }
    let gain = directionSign * change.value
    guard gain < -roundingLevel * change.magnitude else { return nil }
    return UnboundedRay(columnDirections: ray, objectiveChange: change.value)
  }

  /// The bound that duals put on the objective of every feasible point, from the data alone.
  ///
  /// The Lagrangian bound: a lower bound when minimising, an upper one when maximising, nil when
  /// the duals give none. Any duals give a true bound; one whose sign stands for a bound that the
  /// row does not have is taken as 0. Reduced costs below 10⁻⁹ of the terms they were made from count as zero.
  public func lagrangianBound(rowDuals: [Double]) -> Double? {
    guard rowDuals.count == rowCount else { return nil }
    let duals = rowDuals.indices.map { i in
      let bound = directionSign * rowDuals[i] > 0 ? rowBounds[i].lower : rowBounds[i].upper
      return bound.isFinite ? rowDuals[i] : 0
    }
    let (sums, sizes) = terms.transposedProduct(with: duals, columnCount: columnCount)
    let sign = directionSign
    var bound = objectiveConstant
    for j in 0..<columnCount {
      let reduced = costs[j] - sums[j]
      if reduced.magnitude <= roundingLevel * (costs[j].magnitude + sizes[j]) { continue }
      let isAtLower = sign * reduced > 0
      bound += reduced * (isAtLower ? columnBounds[j].lower : columnBounds[j].upper)
    }
    for i in 0..<rowCount where duals[i] != 0 {
      let isAtLower = sign * duals[i] > 0
      bound += duals[i] * (isAtLower ? rowBounds[i].lower : rowBounds[i].upper)
    }
    return bound.isFinite ? bound : nil
  }

  /// 1 when minimising, −1 when maximising.
  var directionSign: Double { direction == .minimize ? 1 : -1 }
}

extension LinearProgram.Bounds {
  /// Whether one can go for ever in a direction of this sign without meeting a bound.
  func recedes(along component: Double) -> Bool {
    component == 0 || (component > 0 ? upper == .infinity : lower == -.infinity)
  }
}
