import Measures
import RealModule

/// The closed form on the circle: both measures in order around it, the target turned by the best angle.
///
/// Measured in mass, the cost of a turn is convex and linear between turns at which a boundary of the one
/// measure meets one of the other. Masses are integers here, so those turns are integers too, and the sign
/// of the slope leads to the best one by bisection, without a tolerance. There the two potentials that
/// belong to the slopes on either side are mixed so that they close around the circle.
///
///     let p = try Histogram([1, 0, 0, 0]), q = try Histogram([0, 0, 0, 1])
///     let problem = try TransportProblem(from: p, to: q, cost: .circular(period: 4))
///     try CircularRearrangement().solve(problem).cost  // 1.0
///
/// - Complexity: O((m + n) (log (m + n) + b)) for b = 126 bits of mass.
/// - Source: J. Delon, J. Salomon, A. Sobolevski, "Fast transport optimization for Monge costs on the
///   circle", SIAM J. Appl. Math. 70 (2010); the bisection over integers and the mixture are ours.
public struct CircularRearrangement: TransportSolver {
  public let name = "circular"

  /// A solver; it has no settings.
  public init() {}

  public func reasonAgainst(_ problem: TransportProblem) -> String? {
    guard case .points(let points) = problem.costs, case .circular = points.groundCost,
      problem.capacities == nil
    else { return "the closed form needs points on a circle (--period), without capacities" }
    return nil
  }

  public func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    try requireSupport(for: problem)
    guard case .points(let points) = problem.costs,
      case .circular(let period) = points.groundCost
    else { preconditionFailure("requireSupport has seen a circle") }
    let watch = Stopwatch()
    let lap = Lap(problem, points, period: period)
    let turn = lap.bestTurn()
    let potentials = lap.potentials(at: turn)
    return TransportSolution(
      of: problem, plan: lap.plan(at: turn, of: problem),
      potentials: problem.tightened(
        source: zip(lap.sources, potentials.source),
        target: zip(lap.targets, potentials.target)),
      statistics: watch.statistics(solver: name, iterations: lap.sources.count + lap.targets.count))
  }
}

/// Both measures in order around the circle, with masses as integers.
///
/// Indices go on beyond a lap: source i + m is source i one period further, and starts one total later.
private struct Lap {
  /// The sources with mass, in order.
  let sources: [Int]
  /// The targets with mass, in order.
  let targets: [Int]
  private let sourcePositions: [Double]
  private let targetPositions: [Double]
  private let supplies: [Int128]
  private let demands: [Int128]
  private let total: Int128
  private let period: Double
  private let order: Double
  private let massExponent: Int

  init(_ problem: TransportProblem, _ points: PairwiseCosts, period: Double) {
    self.period = period
    order = points.order
    sources = Self.around(points.sources, problem.sourceMasses, period)
    targets = Self.around(points.targets, problem.targetMasses, period)
    sourcePositions = sources.map { Self.position(points.sources[$0], period) }
    targetPositions = targets.map { Self.position(points.targets[$0], period) }
    massExponent = Int(problem.totalMass.exponent) + 1
    let masses = QuantizedMasses(
      supplies: ReducedProblem.scaled(
        sources.map { problem.sourceMasses[$0] }, by: -massExponent),
      demands: ReducedProblem.scaled(
        targets.map { problem.targetMasses[$0] }, by: -massExponent))
    supplies = masses.supplies
    demands = masses.demands
    total = supplies.reduce(0, +)
  }

  private static func around(_ points: [Double], _ masses: [Double], _ period: Double) -> [Int] {
    points.indices.filter { masses[$0] > 0 }.sorted {
      (position(points[$0], period), $0) < (position(points[$1], period), $1)
    }
  }

  /// The place on the circle, from 0 up to the period.
  private static func position(_ point: Double, _ period: Double) -> Double {
    let rest = point.truncatingRemainder(dividingBy: period)
    let place = rest < 0 ? rest + period : rest
    return place < period ? place : 0
  }

  /// The cost between a source and a target, each counted on beyond a lap.
  private func cost(_ i: Int, _ j: Int) -> Double {
    let (sourceLaps, source) = i.quotientAndRemainder(dividingBy: sources.count)
    let targetLaps = j >= 0 ? j / targets.count : (j + 1) / targets.count - 1
    let target = j - targetLaps * targets.count
    let way =
      sourcePositions[source] - targetPositions[target]
      + Double(sourceLaps - targetLaps) * period
    if order == 1 { return abs(way) }
    return order == 2 ? way * way : Double.pow(abs(way), order)
  }

  private func demand(_ j: Int) -> Int128 {
    let rest = j % targets.count
    return demands[rest < 0 ? rest + targets.count : rest]
  }

  /// The target that is under the start of source 0 after a turn, and how much of it is left there.
  private func firstTarget(at turn: Int128) -> (index: Int, left: Int128) {
    let laps = turn > 0 ? -((turn - 1) / total + 1) : -turn / total
    var index = Int(laps) * targets.count
    var start = turn + laps * total
    while start + demand(index) <= 0 {
      start += demand(index)
      index += 1
    }
    return (index, start + demand(index))
  }
}

extension Lap {
  /// The side on which a boundary that two measures share is passed.
  enum Tie {
    /// The source ends first: the slope to the right of the turn.
    case sourceFirst
    /// The target ends first: the slope to the left of the turn.
    case targetFirst
  }

  /// A step from one cell of the staircase to the next.
  private enum Step {
    case source(Int, target: Int)
    case target(source: Int, Int)
  }

  /// Walks one lap; tells of every flow and every step.
  private func walk(
    at turn: Int128, _ tie: Tie, flow: (_ i: Int, _ j: Int, _ mass: Int128) -> Void,
    step: (Step) -> Void
  ) {
    var (i, supply) = (0, supplies[0])
    var (j, demand) = firstTarget(at: turn)
    let last = j + targets.count
    while i < sources.count || j < last {
      let moved = i < sources.count ? min(supply, demand) : 0
      if moved > 0 { flow(i, j, moved) }
      supply -= moved
      demand -= moved
      let sourceSteps =
        j == last || (i < sources.count && supply == 0 && (demand > 0 || tie == .sourceFirst))
      if sourceSteps {
        i += 1
        supply = i < sources.count ? supplies[i] : 0
        step(.source(i, target: j))
      } else {
        j += 1
        demand = self.demand(j)
        step(.target(source: i, j))
      }
    }
  }

  /// The slope of the cost to one side of a turn.
  private func slope(at turn: Int128, _ tie: Tie) -> Double {
    var sum = CompensatedSum()
    walk(at: turn, tie) { _, _, _ in
    } step: { step in
      guard case .target(let i, let j) = step else { return }
      sum.add(cost(i, j - 1))
      sum.add(-cost(i, j))
    }
    return sum.value
  }

  /// The least turn from which on the cost does not fall.
  func bestTurn() -> Int128 {
    var (low, high) = (-total, total)
    while low < high {
      let middle = low + (high - low) / 2 - ((high - low) % 2 < 0 ? 1 : 0)
      if slope(at: middle, .sourceFirst) >= 0 { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The plan of a turn.
  func plan(at turn: Int128, of problem: TransportProblem) -> TransportPlan {
    var arcs: [TransportPlan.Arc] = []
    walk(at: turn, .sourceFirst) { i, j, mass in
      let rest = j % targets.count
      arcs.append(
        TransportPlan.Arc(
          source: sources[i], target: targets[rest < 0 ? rest + targets.count : rest],
          mass: QuantizedMasses.mass(of: mass)))
    } step: { _ in
    }
    let masses = ReducedProblem.scaled(arcs.map(\.mass), by: massExponent)
    return TransportPlan(
      arcs: zip(arcs, masses).map {
        TransportPlan.Arc(source: $0.source, target: $0.target, mass: $1)
      },
      sourceCount: problem.sourceCount, targetCount: problem.targetCount)
  }

  /// Potentials at the best turn that close around the circle.
  func potentials(at turn: Int128) -> KantorovichPotentials {
    let right = potentials(at: turn, .sourceFirst)
    let left = potentials(at: turn, .targetFirst)
    let (up, down) = (slope(at: turn, .sourceFirst), slope(at: turn, .targetFirst))
    let share = up > down ? min(1, max(0, -down / (up - down))) : 0
    func mix(_ right: [Double], _ left: [Double]) -> [Double] {
      zip(right, left).map { share * $0 + (1 - share) * $1 }
    }
    return KantorovichPotentials(
      source: mix(right.source, left.source), target: mix(right.target, left.target)
    ).awayFromZero
  }

  /// The potentials along the staircase of one lap.
  private func potentials(
    at turn: Int128, _ tie: Tie
  ) -> KantorovichPotentials {
    let first = firstTarget(at: turn).index
    var f = [Double](repeating: 0, count: sources.count + 1)
    var g = [Double](repeating: 0, count: targets.count + 1)
    g[0] = cost(0, first)
    walk(at: turn, tie) { _, _, _ in
    } step: { step in
      switch step {
      case .source(let i, let j): f[i] = cost(i, j) - g[j - first]
      case .target(let i, let j): g[j - first] = cost(i, j) - f[i]
      }
    }
    var target = [Double](repeating: 0, count: targets.count)
    for (offset, value) in g.dropLast().enumerated() {
      let rest = (first + offset) % targets.count
      target[rest < 0 ? rest + targets.count : rest] = value
    }
    return KantorovichPotentials(source: Array(f.dropLast()), target: target)
  }
}
