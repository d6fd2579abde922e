public import Measures
public import Transport

/// A transport problem with a name and, where a closed form gives it, its optimal cost.
public struct Instance: Sendable, CustomStringConvertible {
  /// What the instance is.
  public let name: String
  /// The problem.
  public let problem: TransportProblem
  /// The optimal cost where it is known without a solver.
  public let knownCost: Double?

  public var description: String { name }

  /// A named problem.
  public init(_ name: String, _ problem: TransportProblem, knownCost: Double? = nil) {
    self.name = name
    self.problem = problem
    self.knownCost = knownCost
  }
}

/// The instances that every solver runs: the documented ones, the degenerate ones, and random ones of
/// every kind, at every scale.
public enum Instances {
  /// All instances.
  public static func all() throws -> [Instance] {
    try documented() + degenerate() + scaled() + forbidden() + lattices() + random() + shaped()
      + thresholded() + grids()
  }

  /// The two histograms of the seven-bin example.
  public static func sevenBins() throws -> (Histogram, Histogram) {
    (
      try Histogram([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1]),
      try Histogram([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4])
    )
  }

  /// Instances with published or hand-computed optima.
  public static func documented() throws -> [Instance] {
    let (p, q) = try sevenBins()
    let plane = try PointCloud([[0, 2, 3], [1, 2, 5]])
    let shifted = try PointCloud([[3, 2, 3], [4, 2, 5]])
    return [
      Instance("seven bins", try TransportProblem(from: p, to: q), knownCost: 0.9),
      Instance(
        "seven bins, squared", try TransportProblem(from: p, to: q, order: 2), knownCost: 1.3),
      Instance(
        "translation in space", try TransportProblem(from: plane, to: shifted), knownCost: 3),
      Instance(
        "two by two, cost matrix",
        try TransportProblem(
          from: Histogram([0.5, 0.5]), to: Histogram([0.5, 0.5]),
          cost: CostMatrix(rows: [[2, 1], [1, 1]])), knownCost: 1),
      Instance(
        "around the circle",
        try TransportProblem(
          from: Histogram([1, 0, 0, 0, 0, 0]), to: Histogram([0, 0, 0, 0, 0, 1]),
          cost: .circular(period: 6)), knownCost: 1),
    ]
  }

  /// Instances with ties, empty bins, single atoms and coincident points.
  public static func degenerate() throws -> [Instance] {
    let uniform = try Histogram([Double](repeating: 1, count: 8))
    return [
      Instance("same law", try TransportProblem(from: uniform, to: uniform), knownCost: 0),
      Instance(
        "zero-mass bins",
        try TransportProblem(from: Histogram([0, 1, 0, 1, 0]), to: Histogram([1, 0, 0, 0, 1])),
        knownCost: 2),
      Instance(
        "one source",
        try TransportProblem(from: Histogram([3]), to: Histogram([1, 1, 1])), knownCost: 3),
      Instance(
        "one target",
        try TransportProblem(from: Histogram([1, 1, 1]), to: Histogram([3])), knownCost: 3),
      Instance(
        "all costs equal",
        try TransportProblem(
          from: uniform, to: uniform,
          cost: CostMatrix([Double](repeating: 2, count: 64), rows: 8, columns: 8)),
        knownCost: 16),
      Instance(
        "all points equal",
        try TransportProblem(
          from: PointCloud([[1, 1], [1, 1], [1, 1]]), to: PointCloud([[1, 1], [1, 1]])),
        knownCost: 0),
      Instance(
        "more sources than targets",
        try TransportProblem(
          from: Histogram([1, 1, 1, 1]), to: Histogram([2, 2], at: [0, 10])), knownCost: 1 + 8 + 7),
      Instance(
        "negative costs",
        try TransportProblem(
          from: Histogram([1, 1]), to: Histogram([1, 1]),
          cost: CostMatrix(rows: [[-3, 1], [1, -2]])), knownCost: -5),
    ]
  }

  /// The seven bins and a random problem with masses and costs scaled up and down.
  public static func scaled() throws -> [Instance] {
    var instances: [Instance] = []
    let (p, q) = try sevenBins()
    let matrix = (0..<49).map { abs(Double($0 / 7 - $0 % 7)) }
    for mass in [1e-300, 1e-12, 1e12, 1e300] {
      let scaled = try TransportProblem(
        from: Histogram(p.masses.map { $0 * mass }), to: Histogram(q.masses.map { $0 * mass }))
      instances.append(Instance("masses times \(mass)", scaled, knownCost: 0.9 * mass))
    }
    for cost in [1e-200, 1e-15, 1e15, 1e200] {
      let scaled = try TransportProblem(
        from: p, to: q, cost: CostMatrix(matrix.map { $0 * cost }, rows: 7, columns: 7))
      instances.append(Instance("costs times \(cost)", scaled, knownCost: 0.9 * cost))
    }
    return instances
  }

  /// Masses that range further than the absolute tolerances of a linear-programming code reach; for
  /// solvers that count masses in integers.
  public static func wideMasses() throws -> [Instance] {
    [
      Instance(
        "masses from 1e-12 to 1e12",
        try TransportProblem(
          from: Histogram([1e12, 1e-12], at: [0, 5]), to: Histogram([1e12, 1e-12], at: [0, 6])),
        knownCost: 1e-12)
    ]
  }

  /// Instances with arcs that may not be used.
  public static func forbidden() throws -> [Instance] {
    let no = Double.infinity
    return [
      Instance(
        "forbidden diagonal",
        try TransportProblem(
          from: Histogram([1, 1, 1]), to: Histogram([1, 1, 1]),
          cost: CostMatrix(rows: [[no, 1, 5], [1, no, 1], [5, 1, no]])), knownCost: 7),
      Instance(
        "two blocks",
        try TransportProblem(
          from: Histogram([0.1, 0.2, 0.3]), to: Histogram([0.3, 0.1, 0.2]),
          cost: CostMatrix(rows: [[1, no, no], [2, no, no], [no, 3, 4]])),
        knownCost: 0.1 + 0.4 + 0.3 + 0.8),
      Instance(
        "forbidden by 1e32",
        try TransportProblem(
          from: Histogram([1, 1, 1]), to: Histogram([1, 1, 1]),
          cost: CostMatrix(rows: [[1e32, 1, 5], [1, 1e32, 1], [5, 1, 1e32]])), knownCost: 7),
    ]
  }

  /// Points on multiples of a tenth, many of them in both measures: sums of tenths come back to 0 with a
  /// rounding left, just where a cost is 0 as well.
  public static func lattices() throws -> [Instance] {
    var random = SplitMix64(seed: 8)
    let costs: [GroundCost] = [.cityBlock, .squaredEuclidean, .circular(period: 1.2)]
    return try (0..<60).map { number in
      let cost = costs[number % 3]
      let count = Int.random(in: 2...12, using: &random)
      func lattice() throws -> PointCloud {
        try PointCloud(
          coordinates: (0..<count).map { _ in Double(Int.random(in: 0..<12, using: &random)) / 10 },
          dimension: 1)
      }
      return Instance(
        "lattice \(number), \(cost)",
        try TransportProblem(from: lattice(), to: lattice(), cost: cost))
    }
  }

  /// Random problems of every geometry, from fixed seeds.
  public static func random() throws -> [Instance] {
    var random = SplitMix64(seed: 7)
    var instances: [Instance] = []
    for size in [2, 3, 5, 9] {
      let costs: [GroundCost] = [
        .euclidean, .cityBlock, .chebyshev, .squaredEuclidean, .minkowski(3),
      ]
      for cost in costs {
        let source = try cloud(size + 1, dimension: 2, &random)
        let target = try cloud(size, dimension: 2, &random)
        instances.append(
          Instance(
            "\(size + 1) × \(size) points, \(cost)",
            try TransportProblem(from: source, to: target, cost: cost, mass: .normalize)))
      }
      let line = try TransportProblem(
        from: cloud(size, dimension: 1, &random), to: cloud(size + 2, dimension: 1, &random),
        order: 1.5, mass: .normalize)
      instances.append(Instance("\(size) × \(size + 2) on the line, order 1.5", line))
    }
    return instances
  }

  /// Points in clusters, on a line in the plane, all in one place but a few, and in places so near or so
  /// far that squares of distances leave the range of doubles.
  public static func shaped() throws -> [Instance] {
    var random = SplitMix64(seed: 9)
    var instances: [Instance] = []
    func add(
      _ name: String, _ count: Int, scale: Double = 1, _ point: (inout SplitMix64) -> [Double]
    ) throws {
      let clouds = try (0..<2).map { _ in
        try PointCloud((0..<count).map { _ in point(&random).map { $0 * scale } })
      }
      for cost in [GroundCost.euclidean, .squaredEuclidean, .cityBlock, .chebyshev]
      where scale == 1 || cost != .squaredEuclidean {
        instances.append(
          Instance(
            "\(name), \(cost)", try TransportProblem(from: clouds[0], to: clouds[1], cost: cost)))
      }
    }
    func number(_ random: inout SplitMix64) -> Double { Double.random(in: 0..<1, using: &random) }
    try add("clustered", 18) { random in
      let centre = Double(Int.random(in: 0..<3, using: &random)) * 1e3
      return [centre + 1e-3 * number(&random), centre + 1e-3 * number(&random)]
    }
    try add("collinear", 15) { random in
      let place = number(&random)
      return [place, 3 * place]
    }
    try add("nearly all equal", 12) { random in
      number(&random) < 0.8 ? [0.5, 0.5] : [number(&random), number(&random)]
    }
    for scale in [1e-250, 1e250] {
      try add("coordinates times \(scale)", 9, scale: scale) { random in
        [number(&random), number(&random)]
      }
    }
    return instances
  }

  /// Images of a few pixels, with empty ones, under every cost between pixels.
  public static func grids() throws -> [Instance] {
    var random = SplitMix64(seed: 12)
    var instances: [Instance] = []
    let costs: [(GroundCost, Double)] = [
      (.cityBlock, 1), (.chebyshev, 1), (.euclidean, 1), (.squaredEuclidean, 1), (.euclidean, 2),
    ]
    for shape in [[1, 6], [4, 5], [3, 2, 3]] {
      func image() throws -> Grid {
        try Grid(
          (0..<shape.reduce(1, *)).map { _ in Double(max(0, Int.random(in: -2...9, using: &random)))
          },
          shape: shape)
      }
      for (cost, order) in costs {
        instances.append(
          Instance(
            "\(shape) pixels, \(cost), order \(order)",
            try TransportProblem(
              from: image(), to: image(), cost: cost, order: order, mass: .normalize)))
      }
    }
    return instances
  }

  /// Distances cut off at a threshold: below all of them, among them, above all of them, and where most
  /// are equal to it.
  public static func thresholded() throws -> [Instance] {
    var random = SplitMix64(seed: 10)
    var instances = [
      Instance(
        "outliers cost no more than the threshold",
        try TransportProblem(
          from: Histogram([1, 1], at: [0, 1]), to: Histogram([1, 1], at: [0, 1_000]),
          cost: .thresholded(.euclidean, at: 5)), knownCost: 5)
    ]
    let bases: [GroundCost] = [
      .euclidean, .squaredEuclidean, .cityBlock, .chebyshev, .minkowski(3),
    ]
    for base in bases {
      for threshold in [1e-3, 0.1, 0.4, 3] {
        let problem = try TransportProblem(
          from: cloud(14, dimension: 2, &random), to: cloud(11, dimension: 2, &random),
          cost: .thresholded(base, at: threshold), order: base == .cityBlock ? 2 : 1,
          mass: .normalize)
        instances.append(Instance("\(base) up to \(threshold)", problem))
      }
    }
    func pixels() throws -> PointCloud {
      let places = (0..<9).map { [Double($0 / 3), Double($0 % 3)] }
      return try PointCloud(
        places, masses: places.map { _ in Double(Int.random(in: 0...3, using: &random)) })
    }
    for _ in 0..<6 {
      instances.append(
        Instance(
          "pixels up to 1",
          try TransportProblem(
            from: pixels(), to: pixels(), cost: .thresholded(.euclidean, at: 1), mass: .normalize)))
    }
    return instances
  }

  /// Random points in the unit cube with random masses.
  public static func cloud(
    _ count: Int, dimension: Int, _ random: inout some RandomNumberGenerator
  ) throws -> PointCloud {
    try PointCloud(
      coordinates: (0..<count * dimension).map { _ in Double.random(in: 0..<1, using: &random) },
      dimension: dimension,
      masses: (0..<count).map { _ in Double.random(in: 0.1..<1, using: &random) })
  }
}
