import ArgumentParser
import MeasureFiles
import Measures
import OptimalTransport
import Transport

/// The measures of a command that takes many, and what moving between their bins costs.
struct CollectionArguments: ParsableArguments {
  @Argument(help: "Measures: literal masses or files, two or more.")
  var files: [String] = []

  @Option(
    help: "A file of many measures, a histogram in each row: .csv .tsv .txt .npy .npz .jsonl.")
  var collection: String?

  @Option(help: "The sides of the pixel grid that each row is, such as 8x8.")
  var shape: String?

  @Option(help: "A file with the position of each bin, a point in each row.")
  var bins: String?

  @Option(help: "The column of the collection that holds no masses: first or last.")
  var label: LabelColumn?

  @OptionGroup var reading: MeasureOptions
  @OptionGroup var costs: CostOptions

  func validate() throws {
    guard files.isEmpty != (collection == nil) else {
      throw ValidationError("name the measures' files, or one --collection, and not both")
    }
    if shape != nil, bins != nil { throw ValidationError("--shape and --bins exclude each other") }
    if costs.capacities != nil { throw ValidationError("--capacities goes with ot emd only") }
    if costs.cost != nil, shape != nil || bins != nil {
      throw ValidationError("--cost gives every cost; it excludes --shape and --bins")
    }
    guard reading.columnsOfTarget == nil, reading.whereTarget.isEmpty, reading.mask == nil,
      reading.spacing == nil
    else {
      throw ValidationError(
        "--columns-of-target, --where-target, --mask and --spacing go with two measures only")
    }
    if label != nil, collection == nil { throw ValidationError("--label goes with --collection") }
    _ = try sides()
  }

  private func sides() throws -> [Int]? {
    try shape.map { text in
      let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard sides.allSatisfy({ $0.map { $0 > 0 } ?? false }) else {
        throw ValidationError("--shape is \(text); it must be sides such as 8x8")
      }
      return sides.compactMap { $0 }
    }
  }

  /// Reads the measures of the command, and those of another file before them, if there is one.
  func read(before other: String?) throws -> (before: [Measure], measures: [Measure]) {
    let measures =
      try collection.map { try rows(of: $0) } ?? files.map { try one($0) }
    guard let other else { return ([], try shaped(measures, collection ?? "the measures")) }
    let isMany = collection != nil && !MeasureReading.isLiteral(other)
    let before = isMany ? try rows(of: other) : [try one(other)]
    return (try shaped(before, other), try shaped(measures, collection ?? "the measures"))
  }

  private func rows(of path: String) throws -> [Measure] {
    try reading.reading().measures(at: path, leavingOut: label)
  }

  private func one(_ argument: String) throws -> Measure {
    try reading.reading().measure(from: argument)
  }

  /// Histograms as the grids that `--shape` makes of them.
  private func shaped(_ measures: [Measure], _ name: String) throws -> [Measure] {
    guard let sides = try self.sides() else { return measures }
    let size = sides.reduce(1, *)
    return try measures.enumerated().map { place, measure in
      guard measure.count == size else {
        throw ValidationError(
          "measure \(place) of \(name) has \(measure.count) bins, and --shape \(shape ?? "") means "
            + "\(size); --label leaves a column out")
      }
      return .grid(try Grid(measure.masses, shape: sides))
    }
  }

  /// The collection of measures.
  func collection(of measures: [Measure]) throws -> MeasureCollection {
    let mass = reading.mass.policy
    let solver = AutomaticSolver()
    if let cost = costs.cost {
      let matrix = try CostMatrix(contentsOf: cost, notation: reading.notation)
      return try MeasureCollection(
        try measures.map { try Histogram($0.masses) },
        costs: costs.threshold.map { try matrix.thresholded(at: $0) } ?? matrix, mass: mass)
    }
    let (cost, order) = (costs.thresholdedCost, costs.order ?? 1)
    if let bins {
      let points = try reading.reading().measure(at: bins).pointCloud
      return try MeasureCollection(
        try measures.map { try Histogram($0.masses) }, on: points, cost: cost, order: order,
        mass: mass, solver: solver)
    }
    let grids = measures.compactMap { measure -> Grid? in
      guard case .grid(let grid) = measure else { return nil }
      return grid
    }
    if grids.count == measures.count, costs.period == nil {
      return try MeasureCollection(grids, cost: cost, order: order, mass: mass, solver: solver)
    }
    if let histograms = Self.aligned(measures), let first = histograms.first {
      return try MeasureCollection(
        histograms, on: first.pointCloud, cost: cost, order: order, mass: mass, solver: solver)
    }
    let clouds = measures.map(\.pointCloud)
    return try MeasureCollection(count: clouds.count, isSymmetric: true, solver: solver) {
      try TransportProblem(from: clouds[$0], to: clouds[$1], cost: cost, order: order, mass: mass)
    }
  }

  /// Histograms on the same bins; those on 0, 1, … get as many bins as the longest has.
  private static func aligned(_ measures: [Measure]) -> [Histogram]? {
    var histograms: [Histogram] = []
    for measure in measures {
      guard case .histogram(let histogram) = measure else { return nil }
      guard histogram.positions == histograms.first?.positions || histograms.isEmpty else {
        return nil
      }
      histograms.append(histogram)
    }
    guard let first = histograms.first, first.positions == nil else { return histograms }
    let count = histograms.map(\.count).max() ?? 0
    return histograms.map { histogram in
      let missing = [Double](repeating: 0, count: count - histogram.count)
      return (try? Histogram(histogram.masses + missing)) ?? histogram
    }
  }
}
