import Measures

/// A transport problem in integers, as exact solvers take it: nothing in it was rounded but, where it
/// says so, the costs.
public struct IntegerTransportProblem: Sendable {
  /// The mass of each source, in units of `massUnit`.
  public let supplies: [Int128]
  /// The mass of each target, in units of `massUnit`; the same total.
  public let demands: [Int128]
  /// What one unit of mass is.
  public let massUnit: ExactFraction
  /// The cost of each arc in units of `costUnit`, row-major; `forbidden` where nothing may go.
  public let costs: [Int128]
  /// What one unit of cost is.
  public let costUnit: ExactFraction
  /// Whether costs are irrational and were rounded down, each by less than one unit.
  public let costsAreRoundedDown: Bool

  /// The cost of a forbidden arc: more than any sum of costs.
  public static let forbidden = Int128.max / 8

  /// The number of sources.
  public var sourceCount: Int { supplies.count }

  /// The number of targets.
  public var targetCount: Int { demands.count }

  /// The total mass in units.
  public var totalMass: Int128 { supplies.reduce(0, +) }

  /// The problem of the sources and targets that have mass, and their indices here.
  ///
  /// - Complexity: O(m n).
  package func restrictedToSupport() -> (
    problem: IntegerTransportProblem, sources: [Int], targets: [Int]
  ) {
    let sources = supplies.indices.filter { supplies[$0] > 0 }
    let targets = demands.indices.filter { demands[$0] > 0 }
    let problem = IntegerTransportProblem(
      supplies: sources.map { supplies[$0] }, demands: targets.map { demands[$0] },
      massUnit: massUnit,
      costs: sources.flatMap { i in targets.map { j in costs[i * targetCount + j] } },
      costUnit: costUnit, costsAreRoundedDown: costsAreRoundedDown)
    return (problem, sources, targets)
  }
}

extension TransportProblem {
  /// The same problem in integers, from the decimals that masses, positions and costs were given as.
  ///
  /// - Throws: `TransportSolverError.notExact`, which says what has no decimals, what does not fit
  ///   128 bits, or that the totals differ as decimals.
  /// - Complexity: O(m n d).
  public func integerForm() throws(TransportSolverError) -> IntegerTransportProblem {
    guard capacities == nil else {
      throw .notExact("capacities are solved in doubles only")
    }
    let (supplies, demands, denominator) = try integerMasses()
    let costs = try integerCosts()
    try checkRange(costs: costs.units, total: supplies.reduce(0, +))
    return IntegerTransportProblem(
      supplies: supplies, demands: demands, massUnit: ExactFraction(1, over: denominator),
      costs: costs.units, costUnit: ExactFraction(1, over: costs.denominator),
      costsAreRoundedDown: costs.isRoundedDown)
  }

  private func integerMasses() throws(TransportSolverError) -> (
    supplies: [Int128], demands: [Int128], denominator: Int128
  ) {
    var source = try IntegerMasses(
      of: origin.source, normalizes: origin.normalizes, what: "source")
    var target = try IntegerMasses(
      of: origin.target, normalizes: origin.normalizes, what: "target")
    let divisor = Int128(
      ExactFraction.greatestCommonDivisor(
        source.denominator.magnitude, target.denominator.magnitude))
    let sourceFactor = target.denominator / divisor
    try target.expand(by: source.denominator / divisor, what: "target")
    try source.expand(by: sourceFactor, what: "source")
    let supply = try IntegerMasses.total(source.units, what: "source")
    let demand = try IntegerMasses.total(target.units, what: "target")
    guard supply == demand else {
      throw .notExact(
        """
        the totals differ as decimals: \(Self.text(supply, source.denominator)) and \
        \(Self.text(demand, target.denominator)); use --mass normalize, which divides \
        exactly
        """)
    }
    return (source.units, target.units, source.denominator)
  }

  /// A fraction as a decimal where its denominator is a power of ten.
  private static func text(_ numerator: Int128, _ denominator: Int128) -> String {
    let digits = "\(denominator)"
    guard digits.dropFirst().allSatisfy({ $0 == "0" }), digits.first == "1" else {
      return "\(ExactFraction(numerator, over: denominator))"
    }
    return "\(DecimalNumber(significand: numerator, exponent: 1 - digits.count))"
  }

  private func integerCosts() throws(TransportSolverError) -> IntegerCosts {
    switch costs {
    case .matrix(let matrix): try IntegerCosts(of: matrix)
    case .points(let points):
      try IntegerCosts(
        of: points,
        sources: Self.decimals(origin.source, what: "source"),
        targets: Self.decimals(origin.target, what: "target"))
    }
  }

  private static func decimals(
    _ cloud: PointCloud, what: String
  ) throws(TransportSolverError) -> [DecimalNumber] {
    guard let decimals = cloud.coordinateDecimals ?? cloud.coordinates.exactDecimals else {
      throw .notExact(
        "the \(what)'s positions are doubles without a short decimal form; give decimal text")
    }
    return decimals
  }

  /// Makes sure that neither a potential nor the value can overflow.
  private func checkRange(costs: [Int128], total: Int128) throws(TransportSolverError) {
    var largest: Int128 = 1
    for cost in costs where cost != IntegerTransportProblem.forbidden {
      largest = max(largest, Int128(clamping: cost.magnitude))
    }
    let count = Int128(sourceCount + targetCount + 2)
    // With forbidden arcs potentials are costs summed along the tree, plus a multiple of the counts.
    let nodes = costs.contains(IntegerTransportProblem.forbidden) ? count * count : count
    let potential = largest.multipliedReportingOverflow(by: nodes)
    let value = largest.multipliedReportingOverflow(by: total)
    guard !potential.overflow, potential.partialValue < IntegerTransportProblem.forbidden / 8,
      !value.overflow, value.partialValue < Int128.max / 4
    else {
      throw .notExact(
        "costs up to \(largest) and a total mass of \(total), in integers, need over 128 bits")
    }
  }
}
