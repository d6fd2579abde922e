import GLPK
import Measures
import Transport

extension TransportProblem {
  /// Why there is no Kantorovich–Rubinstein form, or nil: the cost must be a metric on the points of
  /// both measures, so that one 1-Lipschitz potential serves as f and as −g.
  var reasonAgainstKantorovichRubinstein: String? {
    if capacities != nil { return "arcs have capacities, so that a single potential is not enough" }
    switch costs {
    case .points(let points):
      return points.groundCost.isMetric && order == 1
        ? nil : "the Kantorovich–Rubinstein form needs a metric cost of order 1"
    case .matrix(let matrix):
      return matrix.isMetric
        ? nil
        : """
        the Kantorovich–Rubinstein form needs a cost matrix that is a metric on the same bins: \
        symmetric, zero on the diagonal, with the triangle inequality
        """
    }
  }
}

/// The places of both measures, each once, with what each has too much or too little.
struct CommonPlaces {
  /// The place of each source with mass.
  let ofSource: [Int]
  /// The place of each target with mass.
  let ofTarget: [Int]
  /// A source or target that stands for each place.
  private let representatives: [Representative]
  /// Source mass minus target mass at each place, scaled.
  let excess: [Double]
  /// The distance of all places, row-major, scaled.
  let distances: [Double]

  private enum Representative: Hashable {
    case source(Int)
    case target(Int)
  }

  var count: Int { excess.count }

  init(_ problem: TransportProblem, _ reduced: ReducedProblem) {
    var places: [[Double]: Int] = [:]
    var representatives: [Representative] = []
    func place(_ key: [Double], _ representative: Representative) -> Int {
      if let known = places[key] { return known }
      places[key] = representatives.count
      representatives.append(representative)
      return representatives.count - 1
    }
    ofSource = reduced.sources.map { place(problem.key(ofSource: $0), .source($0)) }
    ofTarget = reduced.targets.map { place(problem.key(ofTarget: $0), .target($0)) }
    self.representatives = representatives
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: representatives.count)
    for (index, supply) in zip(ofSource, reduced.supplies) { sums[index].add(supply) }
    for (index, demand) in zip(ofTarget, reduced.demands) { sums[index].add(-demand) }
    excess = sums.map(\.value)
    distances = ReducedProblem.scaled(
      Self.distances(problem, representatives), by: -reduced.costExponent)
  }

  private static func distances(
    _ problem: TransportProblem, _ representatives: [Representative]
  ) -> [Double] {
    switch problem.costs {
    case .matrix(let matrix):
      let bins = representatives.map { representative in
        switch representative {
        case .source(let bin), .target(let bin): bin
        }
      }
      return bins.flatMap { i in bins.map { j in matrix[i, j] } }
    case .points(let points):
      let coordinates = representatives.flatMap { representative in
        switch representative {
        case .source(let i):
          Array(points.sources[i * points.dimension..<(i + 1) * points.dimension])
        case .target(let j):
          Array(points.targets[j * points.dimension..<(j + 1) * points.dimension])
        }
      }
      return points.distances(among: coordinates)
    }
  }
}

extension TransportProblem {
  /// What two sources or targets at the same place have in common: coordinates, or the bin.
  fileprivate func key(ofSource source: Int) -> [Double] {
    guard case .points(let points) = costs else { return [Double(source)] }
    return Array(points.sources[source * points.dimension..<(source + 1) * points.dimension])
  }

  fileprivate func key(ofTarget target: Int) -> [Double] {
    guard case .points(let points) = costs else { return [Double(target)] }
    return Array(points.targets[target * points.dimension..<(target + 1) * points.dimension])
  }
}

extension LinearProgramSolver {
  /// The Kantorovich–Rubinstein program, and its answer as a plan and two potentials.
  func solveLipschitz(
    _ problem: TransportProblem, _ control: SolveControl, _ watch: Stopwatch
  ) throws -> TransportSolution {
    let reduced = try ReducedProblem(problem)
    let places = CommonPlaces(problem, reduced)
    var program = LipschitzProgram(places)
    let ending = try program.solve(control)
    let duals = ArcDuals(
      source: places.ofSource.map { ending.potential[$0] },
      target: places.ofTarget.map { -ending.potential[$0] })
    guard ending.isOptimal else {
      let result = GenerationResult(
        arcs: GreedyPlan.feasibleArcs(of: reduced), duals: duals, iterations: ending.iterations)
      return result.unfinished(problem, reduced, watch, name)
    }
    let arcs = FlowDecomposition(places, reduced).plan(of: ending.flows)
    return GenerationResult(arcs: arcs, duals: duals, iterations: ending.iterations)
      .finished(problem, reduced, watch, name)
  }
}

/// max Σ (a − b) φ over potentials with φₖ − φₗ ≤ d(k, l) for all places, few rows at a time.
struct LipschitzProgram {
  /// A flow between places, the dual of a row.
  struct Flow {
    let from: Int
    let to: Int
    let mass: Double
  }

  /// What the program gave.
  struct Ending {
    let isOptimal: Bool
    let potential: [Double]
    let flows: [Flow]
    let iterations: Int
  }

  private let places: CommonPlaces
  private var isHeld: [Bool]
  private var pairs: [(from: Int, to: Int)] = []

  private static let nearest = 6
  private static let perRound = 4

  init(_ places: CommonPlaces) {
    self.places = places
    isHeld = [Bool](repeating: false, count: places.count * places.count)
    for k in 0..<places.count {
      // A path through all places keeps the restricted program bounded.
      if k > 0 { holdBothWays(k - 1, k) }
      let row = Array(places.distances[k * places.count..<(k + 1) * places.count])
      for l in row.indicesOfLeast(Self.nearest + 1) { holdBothWays(k, l) }
    }
  }

  private mutating func holdBothWays(_ k: Int, _ l: Int) {
    hold(k, l)
    hold(l, k)
  }

  private mutating func hold(_ k: Int, _ l: Int) {
    guard k != l, !isHeld[k * places.count + l] else { return }
    isHeld[k * places.count + l] = true
    pairs.append((k, l))
  }

  mutating func solve(_ control: SolveControl) throws -> Ending {
    var program = LinearProgram(.maximize)
    for (k, excess) in places.excess.enumerated() {
      program.addColumn(cost: excess, bounds: k == 0 ? .exactly(0) : .free)
    }
    return try program.withSession { session in
      try add(pairs[...], to: session)
      var loop = GenerationLoop(.primalSimplex, then: .dualThenPrimalSimplex, control)
      let ending = try loop.run(session) {
        let joined = try price(session.columnValues())
        try add(joined, to: session)
        return !joined.isEmpty
      } joinFeasible: {
        throw TransportSolverError.numericalFailure("GLPK calls a bounded program unbounded")
      }
      let isOptimal = if case .optimal = ending { true } else { false }
      return Ending(
        isOptimal: isOptimal, potential: try session.columnValues(),
        flows: isOptimal ? try flows(session) : [], iterations: loop.iterations)
    }
  }

  private func flows(_ session: LinearProgramSession) throws -> [Flow] {
    zip(pairs, try session.rowDuals()).filter { $0.1 > 0 }.map {
      Flow(from: $0.from, to: $0.to, mass: $1)
    }
  }

  /// Takes in the pairs of each place that violate the Lipschitz condition most.
  private mutating func price(
    _ potential: [Double]
  ) throws(TransportSolverError) -> ArraySlice<(from: Int, to: Int)> {
    let first = pairs.count
    let count = places.count
    for k in 0..<count {
      let least = RowScan.leastSum(
        places.distances, from: k * count, potential, from: 0, count: count)
      guard least.value - potential[k] < -ScaledProgram.dualTolerance else { continue }
      let slack = (0..<count).map {
        places.distances[k * count + $0] + potential[$0] - potential[k]
      }
      for l in slack.indicesOfLeast(Self.perRound) where slack[l] < -ScaledProgram.dualTolerance {
        guard !isHeld[k * count + l] else {
          throw .numericalFailure("GLPK left a row it holds violated by \(-slack[l])")
        }
        hold(k, l)
      }
    }
    return pairs[first...]
  }

  private func add(
    _ pairs: ArraySlice<(from: Int, to: Int)>, to session: LinearProgramSession
  ) throws {
    try session.addRows(
      pairs.map { .atMost(places.distances[$0.from * places.count + $0.to]) },
      starts: (0...pairs.count).map { 2 * $0 },
      columns: pairs.flatMap { [Int32($0.from), Int32($0.to)] },
      coefficients: pairs.flatMap { _ in [1, -1] })
  }
}
