import Measures
import RealModule

/// The lines that bins are projected onto, for lower bounds on the cost between histograms on them.
///
/// Moving mass costs at least what its shadow on a line costs, and on a line the least cost is known
/// without a search. Shadows on the axes are combined into one bound: with the norm's power q and the
/// cost's exponent e, an arc costs (Σₖ |Δₖ|^q)^(e/q).
///
/// - Source: For e ≤ q the combination is Minkowski's inequality for exponents below 1, G. Hardy,
///   J. Littlewood, G. Pólya, "Inequalities", 1934, theorem 198.
struct BinProjections: Sendable {
  /// A line and where the bins' shadows are on it.
  struct Line: Sendable {
    /// The places of shadows, from left to right.
    let positions: [Double]
    /// For each bin, which of the places.
    let places: [Int32]
    /// What the line's cost is multiplied by.
    let scale: Double
  }

  /// How the bounds of several lines make one.
  enum Combination: Sendable {
    case sum, largest
    /// (Σ w^(1/r))^r, for r < 1.
    case power(Double)
  }

  let lines: [Line]
  /// Lines that belong together, and how; the largest of all groups counts.
  let groups: [(lines: Range<Int>, combination: Combination)]
  /// The coordinates of the bins, measured from the first, row-major.
  let coordinates: [Double]
  let dimension: Int
  /// The norm |Δ| of which an arc costs the power e; infinite for Chebyshev's.
  let norm: Double
  let exponent: Double

  /// Projections for a ground cost, or nil where it is no power of a norm.
  init?(_ bins: PointCloud, _ cost: GroundCost, _ order: Double) {
    switch cost {
    case .euclidean: (norm, exponent) = (2, order)
    case .squaredEuclidean: (norm, exponent) = (2, 2 * order)
    case .cityBlock: (norm, exponent) = (1, order)
    case .chebyshev: (norm, exponent) = (.infinity, order)
    case .minkowski(let power): (norm, exponent) = (power, order)
    case .circular, .thresholded: return nil
    }
    let dimension = bins.dimension
    self.dimension = dimension
    // From the first bin, so that what is far from the origin loses no more digits than differences do.
    let coordinates = bins.coordinates.indices.map {
      bins.coordinates[$0] - bins.coordinates[$0 % dimension]
    }
    self.coordinates = coordinates
    func shadow(_ axis: Int) -> [Double] {
      stride(from: axis, to: coordinates.count, by: dimension).map { coordinates[$0] }
    }
    var lines = (0..<dimension).map { Line(of: shadow($0), scale: 1) }
    var groups = [(lines: lines.indices, combination: Self.combination(norm, exponent))]
    if dimension == 2, norm <= 2, exponent > 0, norm == 1 || norm == 2 {
      // Along (1, 1) and (1, −1): axes again for the Euclidean norm, √½ as long; for the city block
      // |Δ₁ ± Δ₂| ≤ |Δ₁| + |Δ₂|.
      let (x, y) = (shadow(0), shadow(1))
      let scale = norm == 2 ? Double.pow(0.5, exponent / 2) : 1
      lines.append(Line(of: zip(x, y).map { $0 + $1 }, scale: scale))
      lines.append(Line(of: zip(x, y).map { $0 - $1 }, scale: scale))
      groups.append(
        (2..<4, norm == 2 ? Self.combination(norm, exponent) : .largest))
    }
    (self.lines, self.groups) = (lines, groups)
  }

  private static func combination(_ norm: Double, _ exponent: Double) -> Combination {
    if norm == .infinity { return .largest }
    // At e ≥ q the sum of powers is below the power of the sum.
    return exponent >= norm ? .sum : .power(exponent / norm)
  }

  /// The number of places on all lines.
  var levelCount: Int { lines.reduce(0) { $0 + $1.positions.count } }

  /// The cumulative masses at the places of all lines, one line after the other.
  func levels(of masses: [Double]) -> [Double] {
    var levels: [Double] = []
    levels.reserveCapacity(levelCount)
    for line in lines {
      let start = levels.count
      levels.append(contentsOf: repeatElement(0, count: line.positions.count))
      for (bin, mass) in masses.enumerated() { levels[start + Int(line.places[bin])] += mass }
      for place in start + 1..<max(start + 1, levels.count) {
        levels[place] = min(1, levels[place] + levels[place - 1])
      }
      levels[levels.count - 1] = 1
    }
    return levels
  }

  /// The mean of the bins under masses that sum to one.
  func centroid(of masses: [Double]) -> [Double] {
    (0..<dimension).map { axis in
      masses.indices.reduce(0) { $0 + masses[$1] * coordinates[$1 * dimension + axis] }
    }
  }

  /// The cost of moving one centroid onto the other: a norm's power is convex, so that it is a bound.
  ///
  /// - Source: Y. Rubner, C. Tomasi, L. Guibas, "The Earth Mover's Distance as a metric for image
  ///   retrieval", IJCV 40 (2000), theorem 1.
  func centroidBound(_ distance: (_ axis: Int) -> Double) -> Double {
    var (sum, largest) = (0.0, 0.0)
    for axis in 0..<dimension {
      let length = abs(distance(axis))
      largest = max(largest, length)
      switch norm {
      case 1: sum += length
      case 2: sum += length * length
      case .infinity: break
      default: sum += Double.pow(length, norm)
      }
    }
    switch norm {
    case 1: return power(sum, exponent)
    case 2: return power(sum, exponent / 2)
    case .infinity: return power(largest, exponent)
    default: return power(sum, exponent / norm)
    }
  }

  private func power(_ value: Double, _ exponent: Double) -> Double {
    exponent == 1 ? value : exponent == 2 ? value * value : Double.pow(value, exponent)
  }

  /// The bound of all lines together, from the least cost on each.
  func combined(_ costOnLine: (Int) -> Double) -> Double {
    var best = 0.0
    for group in groups {
      var value = 0.0
      for line in group.lines {
        let cost = costOnLine(line)
        switch group.combination {
        case .sum: value += cost
        case .largest: value = max(value, cost)
        case .power(let r): value += r == 0.5 ? cost * cost : Double.pow(cost, 1 / r)
        }
      }
      if case .power(let r) = group.combination {
        value = r == 0.5 ? value.squareRoot() : Double.pow(value, r)
      }
      best = max(best, value)
    }
    return best
  }
}

extension BinProjections.Line {
  init(of shadow: [Double], scale: Double) {
    let positions = Array(Set(shadow)).sorted()
    self.positions = positions
    places = shadow.map { value in
      var (low, high) = (0, positions.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if positions[middle] < value { low = middle + 1 } else { high = middle }
      }
      return Int32(low)
    }
    self.scale = scale
  }
}
