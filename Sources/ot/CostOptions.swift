import ArgumentParser
import MeasureFiles
import Measures
import Reports
import Transport

/// What moving mass costs.
struct CostOptions: ParsableArguments {
  @Option(
    help: "The ground cost: euclidean, cityblock, chebyshev, sqeuclidean or minkowski:P (P ≥ 1).")
  var metric: MetricOption?

  @Option(help: "The order p ≥ 1: an arc costs metric^p, the distance is cost^(1/p).")
  var order: Double?

  @Option(help: "A file with the matrix of costs; inf forbids an arc.")
  var cost: String?

  @Option(help: "A file with the most that each arc may carry; inf for no limit.")
  var capacities: String?

  @Option(help: "The most that a distance or an entry of --cost counts as: min(distance, T).")
  var threshold: Double?

  @Option(help: "The circumference, if positions are on a circle.")
  var period: Double?

  func validate() throws {
    if cost != nil, metric != nil || order != nil || period != nil {
      throw ValidationError("--cost gives every cost; it excludes --metric, --order and --period")
    }
    if let order, !(order >= 1 && order.isFinite) {
      throw ValidationError("--order is \(order); it must be at least 1")
    }
    if let period, !(period > 0 && period.isFinite) {
      throw ValidationError("--period is \(period); it must be positive")
    }
    if let threshold, !(threshold > 0 && threshold.isFinite) {
      throw ValidationError("--threshold is \(threshold); it must be positive")
    }
    if period != nil, let metric, metric.cost != .euclidean {
      throw ValidationError("--period measures the shorter way around; it excludes --metric")
    }
  }

  /// The name of the ground cost for reports.
  var name: String {
    guard let threshold else { return nameWithoutThreshold }
    return "min(\(nameWithoutThreshold), \(NumberText.shortest(threshold)))"
  }

  private var nameWithoutThreshold: String {
    if cost != nil { return "matrix" }
    if let period { return "circular:\(NumberText.shortest(period))" }
    return metric?.text ?? "euclidean"
  }

  /// The distance that was asked for, without the threshold.
  var groundCost: GroundCost {
    period.map { .circular(period: $0) } ?? metric?.cost ?? .euclidean
  }

  /// The distance that was asked for.
  var thresholdedCost: GroundCost {
    threshold.map { .thresholded(groundCost, at: $0) } ?? groundCost
  }

  /// Whether moving costs the Euclidean distance, as critics have it.
  var isEuclideanDistance: Bool {
    cost == nil && capacities == nil && period == nil && (order ?? 1) == 1
      && (metric?.cost ?? .euclidean) == .euclidean
  }

  /// The problem of two measures under these costs.
  func problem(
    from source: Measure, to target: Measure, mass: MassPolicy, precision: NumberPrecision,
    notation: TableNotation
  ) throws -> TransportProblem {
    let limits = try capacities.map { try CostMatrix(contentsOf: $0, notation: notation) }
    if let cost {
      let matrix = try CostMatrix(contentsOf: cost, precision: precision, notation: notation)
      return try TransportProblem(
        from: source.pointCloud, to: target.pointCloud,
        cost: threshold.map { try matrix.thresholded(at: $0) } ?? matrix, mass: mass,
        capacities: limits)
    }
    return try TransportProblem(
      from: source, to: target, cost: thresholdedCost, order: order ?? 1, mass: mass,
      capacities: limits)
  }
}

/// A ground cost by its name on the command line.
struct MetricOption: ExpressibleByArgument {
  let text: String
  let cost: GroundCost

  init?(argument: String) {
    guard let cost = GroundCost(name: argument) else { return nil }
    text = argument
    self.cost = cost
  }
}
