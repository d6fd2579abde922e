import Measures
import Transport

/// A solved problem on the line or on a circle.
struct LineFigure {
  private let solution: TransportSolution
  private let problem: TransportProblem
  private let places: PairwiseCosts
  private let bins: LineBins
  private let moves: DrawnMoves

  init(_ solution: TransportSolution, _ problem: TransportProblem, _ places: PairwiseCosts) {
    self.solution = solution
    self.problem = problem
    self.places = places
    bins = LineBins(places, problem)
    moves = DrawnMoves(solution.plan, atMost: 1000)
  }

  func figure(_ title: String) -> Figure {
    let notes = [bins.note, moves.note].compactMap(\.self)
    return Figure(
      title, description: description, notes: notes,
      panels: [massPanel, cumulativePanel, movePanel, potentialPanel])
  }

  private var description: String {
    """
    Four panels over the same positions: the masses of the source and of the target, their cumulated \
    masses with the area between, the moves of the plan from the source above to the target below, and \
    the potentials of both.
    """
  }

  private func axis(_ label: String = "") -> Axis {
    Axis(label, range: bins.range, ticks: bins.areWhole ? .whole : .round)
  }

  private var massPanel: Panel {
    let (p, q) = (
      bins.masses(problem.sourceMasses, places.sources),
      bins.masses(problem.targetMasses, places.targets)
    )
    return Panel(
      "Masses", x: axis(), y: Axis("mass", including: 0), height: 150,
      series: bins.isFew ? besideEachOther(p, q) : overEachOther(p, q))
  }

  private func besideEachOther(_ p: [Double], _ q: [Double]) -> [Series] {
    func bars(_ masses: [Double], _ from: Double, _ to: Double) -> [Series.Bar] {
      masses.enumerated().map { bin, mass in
        Series.Bar(x: bins.edge(bin, from)...bins.edge(bin, to), y: mass)
      }
    }
    return [
      .bars(bars(p, 0.1, 0.48), named: "source"),
      .bars(bars(q, 0.52, 0.9), named: "target", ink: .category(1)),
    ]
  }

  private func overEachOther(_ p: [Double], _ q: [Double]) -> [Series] {
    let bars = p.enumerated().map { Series.Bar(x: bins.edge($0, 0)...bins.edge($0, 1), y: $1) }
    let steps = q.enumerated().flatMap { bin, mass in
      [FigurePoint(bins.edge(bin, 0), mass), FigurePoint(bins.edge(bin, 1), mass)]
    }
    return [
      .bars(bars, named: "source"),
      .line(steps, named: "target", ink: .category(1), width: 1.4),
    ]
  }

  private var cumulativePanel: Panel {
    let p = CumulatedMass(problem.sourceMasses, at: places.sources)
    let q = CumulatedMass(problem.targetMasses, at: places.targets)
    let isTheCost =
      places.groundCost.exponentOnTheLine == 1 && places.order == 1
      && problem.capacities == nil && solution.outcome == .optimal
    let area =
      "area between" + (isTheCost ? " = \(NumberText.formatted(solution.cost, digits: 6))" : "")
    return Panel(
      "Cumulated masses", x: axis(), y: Axis("mass up to there", including: 0), height: 150,
      series: [
        .area(p.bands(to: q), named: area, ink: .category(2)),
        .line(p.steps(in: bins.range), named: "source"),
        .line(q.steps(in: bins.range), named: "target", ink: .category(1)),
      ])
  }

  private var movePanel: Panel {
    let arcs = moves.arcs.flatMap { arc -> [Series.Arc] in
      let (start, end) = (places.sources[arc.source], places.targets[arc.target])
      let width = moves.width(arc, heaviest: 7, all: 160)
      return ways(from: start, to: end).map { start, end in
        Series.Arc(from: FigurePoint(start, 1), to: FigurePoint(end, 0), width: width)
      }
    }
    return Panel(
      "Moves, as wide as their mass", x: axis(),
      y: Axis(
        range: -0.04...1.04, ticks: .named([.init("source", at: 1), .init("target", at: 0)])),
      height: 130, series: [.arcs(arcs, ink: .category(0))])
  }

  /// A way on the line; on a circle, where the shorter one leads around, what is seen of it at both ends.
  private func ways(from start: Double, to end: Double) -> [(Double, Double)] {
    guard case .circular(let period) = places.groundCost else { return [(start, end)] }
    let turns = ((end - start) / period).rounded() * period
    return turns == 0 ? [(start, end)] : [(start, end - turns), (start + turns, end)]
  }

  private var potentialPanel: Panel {
    func curve(_ values: [Double], _ positions: [Double], _ sign: Double) -> [FigurePoint] {
      positions.indices.sorted { positions[$0] < positions[$1] }
        .map { FigurePoint(positions[$0], sign * values[$0]) }
    }
    return Panel(
      "Potentials", x: axis(bins.areWhole ? "bin" : "position"), y: Axis("potential"), height: 150,
      series: [
        .line(curve(solution.potentials.source, places.sources, 1), named: "f of the source"),
        .line(
          curve(solution.potentials.target, places.targets, -1), named: "−g of the target",
          ink: .category(1), isDashed: true),
      ])
  }
}

/// The bins that the masses on the line are drawn in.
struct LineBins {
  let range: ClosedRange<Double>
  /// Whether every position is a whole number.
  let areWhole: Bool
  let note: String?
  private let first: Double
  private let width: Double
  private let count: Int

  /// Whether there is room for two bars in each bin.
  var isFew: Bool { count <= 40 }

  /// One bin for each multiple of the smallest gap; 128 equal ones where these would be too many.
  init(_ places: PairwiseCosts, _ problem: TransportProblem) {
    let positions = (places.sources + places.targets).sorted()
    let (least, most) = (positions[0], positions[positions.count - 1])
    areWhole = positions.allSatisfy { $0 == $0.rounded() && abs($0) < 1e9 }
    let gap = zip(positions, positions.dropFirst()).reduce(Double.infinity) { gap, pair in
      pair.0 < pair.1 ? min(gap, pair.1 - pair.0) : gap
    }
    if gap == .infinity {
      (first, width, count, note) = (least - 0.5, 1, 1, nil)
    } else if (most - least) / gap <= 512 {
      (first, width, count) = (least - gap / 2, gap, Int(((most - least) / gap).rounded()) + 1)
      note = nil
    } else {
      let step = most / 127 - least / 127
      (first, width, count) = (least - step / 2, step, 128)
      note = "Masses are summed over 128 bins of width \(NumberText.formatted(step, digits: 3))."
    }
    let end = first + width * Double(count)
    range = first...(end.isFinite ? max(end, first) : most)
  }

  /// A place in a bin, from 0 at its left to 1 at its right edge.
  func edge(_ bin: Int, _ share: Double) -> Double { first + (Double(bin) + share) * width }

  /// The mass in each bin.
  func masses(_ masses: [Double], _ positions: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (mass, position) in zip(masses, positions) {
      let place = (position / 2 - first / 2) / (width / 2)
      sums[min(count - 1, max(0, Int(place.rounded(.down))))] += mass
    }
    return sums
  }
}

/// The mass of a measure up to each place of the line.
struct CumulatedMass {
  private var positions: [Double] = []
  private var sums: [Double] = []

  init(_ masses: [Double], at places: [Double]) {
    var sum = CompensatedSum()
    for index in places.indices.sorted(by: { places[$0] < places[$1] }) {
      sum.add(masses[index])
      if positions.last == places[index] {
        sums[sums.count - 1] = sum.value
      } else {
        positions.append(places[index])
        sums.append(sum.value)
      }
    }
  }

  /// The steps as a line over a range.
  func steps(in range: ClosedRange<Double>) -> [FigurePoint] {
    var points = [FigurePoint(range.lowerBound, 0)]
    for (position, sum) in zip(positions, sums) {
      points.append(FigurePoint(position, points[points.count - 1].y))
      points.append(FigurePoint(position, sum))
    }
    return points + [FigurePoint(range.upperBound, sums[sums.count - 1])]
  }

  /// The area between this and another.
  func bands(to other: CumulatedMass) -> [Series.Band] {
    var (here, there) = (0, 0)
    var (low, high) = (0.0, 0.0)
    var bands: [Series.Band] = []
    while here < positions.count || there < other.positions.count {
      let next = min(
        here < positions.count ? positions[here] : .infinity,
        there < other.positions.count ? other.positions[there] : .infinity)
      bands.append(Series.Band(x: next, lower: min(low, high), upper: max(low, high)))
      while here < positions.count, positions[here] == next {
        low = sums[here]
        here += 1
      }
      while there < other.positions.count, other.positions[there] == next {
        high = other.sums[there]
        there += 1
      }
      bands.append(Series.Band(x: next, lower: min(low, high), upper: max(low, high)))
    }
    return bands
  }
}
