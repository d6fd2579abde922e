import Transport

/// Turns flows between places, which may pass through others, into a plan from sources to targets.
///
/// Flow is followed from a place that has too much to one that has too little and taken off along the
/// way, until none is left. For a metric cost the arc from end to end costs no more than the way, and
/// at the optimum as much.
struct FlowDecomposition {
  private let places: CommonPlaces
  private let reduced: ReducedProblem

  init(_ places: CommonPlaces, _ reduced: ReducedProblem) {
    self.places = places
    self.reduced = reduced
  }

  /// The plan whose masses are the flows' and what stays in its place.
  ///
  /// - Parameter flows: Flows between places that meet every place's excess.
  /// - Returns: Arcs from sources to targets of the reduced problem.
  /// - Complexity: O((k + places) · length of the longest way) for k flows.
  func plan(of flows: [LipschitzProgram.Flow]) -> [TransportPlan.Arc] {
    var outgoing = [[Int]](repeating: [], count: places.count)
    for (index, flow) in flows.enumerated() { outgoing[flow.from].append(index) }
    var left = flows.map(\.mass)
    var excess = places.excess
    var stock = Stock(places, reduced)
    for start in excess.indices {
      while excess[start] > 0,
        let way = way(from: start, flows, left, outgoing, excess)
      {
        let end = flows[way[way.count - 1]].to
        let mass = way.reduce(min(excess[start], -excess[end])) { min($0, left[$1]) }
        for index in way { left[index] -= mass }
        excess[start] -= mass
        excess[end] += mass
        stock.move(mass, from: start, to: end)
      }
    }
    return stock.arcs
  }

  /// Flows that lead from a place to one that has too little, or nil if nothing is left to follow.
  private func way(
    from start: Int, _ flows: [LipschitzProgram.Flow], _ left: [Double], _ outgoing: [[Int]],
    _ excess: [Double]
  ) -> [Int]? {
    var way: [Int] = []
    var place = start
    while way.isEmpty || excess[place] >= 0 {
      guard way.count <= places.count,
        let next = outgoing[place].max(by: { left[$0] < left[$1] }), left[next] > 0
      else { return nil }
      way.append(next)
      place = flows[next].to
    }
    return way
  }
}

/// What each source still has and each target still wants, place by place.
private struct Stock {
  private var sources: [[Int]]
  private var targets: [[Int]]
  private var left: [Double]
  private var wanted: [Double]
  private(set) var arcs: [TransportPlan.Arc] = []

  init(_ places: CommonPlaces, _ reduced: ReducedProblem) {
    sources = [[Int]](repeating: [], count: places.count)
    targets = [[Int]](repeating: [], count: places.count)
    for (i, place) in places.ofSource.enumerated() { sources[place].append(i) }
    for (j, place) in places.ofTarget.enumerated() { targets[place].append(j) }
    left = reduced.supplies
    wanted = reduced.demands
    for place in 0..<places.count {
      let here = sources[place].reduce(0) { $0 + left[$1] }
      let there = targets[place].reduce(0) { $0 + wanted[$1] }
      move(min(here, there), from: place, to: place)
    }
  }

  /// Ships a mass from the sources of one place to the targets of another.
  mutating func move(_ mass: Double, from start: Int, to end: Int) {
    var rest = mass
    while rest > 0, let i = sources[start].last, let j = targets[end].last {
      let part = min(rest, left[i], wanted[j])
      arcs.append(TransportPlan.Arc(source: i, target: j, mass: part))
      rest -= part
      left[i] -= part
      wanted[j] -= part
      if left[i] <= 0 { sources[start].removeLast() }
      if wanted[j] <= 0 { targets[end].removeLast() }
    }
  }
}
