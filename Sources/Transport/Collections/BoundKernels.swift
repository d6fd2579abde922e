import RealModule

/// The inner loops of lower bounds on the cost between two histograms on the same bins.
///
/// Unsafe pointers live in this file alone: bounds are checked once per call.
enum BoundKernels {
  /// The least cost on a line, between cumulative masses at the same places.
  ///
  /// - Parameters:
  ///   - levels: Cumulative masses of many histograms, each rising to 1.
  ///   - first: Where those of one start.
  ///   - second: Where those of the other start.
  ///   - positions: The places on the line, rising.
  ///   - exponent: The power of |x − y| that an arc costs.
  /// - Returns: ∫ |F⁻¹ − G⁻¹|^e.
  static func lineCost(
    _ levels: [Double], _ first: Int, _ second: Int, _ positions: [Double], exponent: Double
  ) -> Double {
    let count = positions.count
    precondition(
      first >= 0 && second >= 0 && first + count <= levels.count && second + count <= levels.count,
      "the levels leave their table")
    return unsafe levels.withUnsafeBufferPointer { levels in
      unsafe positions.withUnsafeBufferPointer { positions in
        guard let start = levels.baseAddress, let places = positions.baseAddress else { return 0 }
        let (f, g) = unsafe (start + first, start + second)
        switch exponent {
        case 1: return unsafe area(f, g, places, count)
        case 2: return unsafe cost(f, g, places, count) { $0 * $0 }
        default: return unsafe cost(f, g, places, count) { Double.pow(abs($0), exponent) }
        }
      }
    }
  }

  private static func area(
    _ f: UnsafePointer<Double>, _ g: UnsafePointer<Double>, _ positions: UnsafePointer<Double>,
    _ count: Int
  ) -> Double {
    var area = 0.0
    for place in 0..<count - 1 {
      area += unsafe abs(f[place] - g[place]) * (positions[place + 1] - positions[place])
    }
    return area
  }

  /// The monotone plan, walked from left to right.
  @inline(__always)
  private static func cost(
    _ f: UnsafePointer<Double>, _ g: UnsafePointer<Double>, _ positions: UnsafePointer<Double>,
    _ count: Int, _ length: (Double) -> Double
  ) -> Double {
    var (i, j, level, cost) = (0, 0, 0.0, 0.0)
    while i < count, j < count {
      let (upper, other) = unsafe (f[i], g[j])
      let next = min(upper, other)
      if next > level {
        cost += unsafe (next - level) * length(positions[i] - positions[j])
        level = next
      }
      if upper <= next { i += 1 }
      if other <= next { j += 1 }
    }
    return cost
  }

  /// Σ b g, of masses and potentials that start at places of their arrays.
  static func product(
    _ masses: [Double], from start: Int, _ potentials: [Double], from offset: Int, count: Int
  ) -> Double {
    precondition(
      start >= 0 && offset >= 0 && start + count <= masses.count
        && offset + count <= potentials.count, "the product leaves its arrays")
    return unsafe masses.withUnsafeBufferPointer { masses in
      unsafe potentials.withUnsafeBufferPointer { potentials in
        var lanes = SIMD8<Double>.zero
        var place = 0
        while place + 8 <= count {
          var (a, b) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
          for lane in 0..<8 {
            unsafe a[lane] = masses[start + place + lane]
            unsafe b[lane] = potentials[offset + place + lane]
          }
          lanes += a * b
          place += 8
        }
        var sum = lanes.sum()
        while place < count {
          unsafe sum += masses[start + place] * potentials[offset + place]
          place += 1
        }
        return sum
      }
    }
  }

  /// What it costs at least to send every mass of one histogram to bins of another, none of which takes
  /// more from one bin than it wants in all.
  ///
  /// - Parameters:
  ///   - masses: Masses of many histograms, `count` of each.
  ///   - source: Where those that are sent start.
  ///   - target: Where those that are wanted start.
  ///   - nearest: For each bin all bins, the cheapest first.
  ///   - costs: What they cost, in the same order.
  ///   - count: The number of bins.
  /// - Returns: A lower bound on the cost between histograms of total one.
  static func relaxedCost(
    _ masses: [Double], from source: Int, to target: Int, nearest: [Int32], costs: [Double],
    count: Int
  ) -> Double {
    precondition(
      source >= 0 && target >= 0 && source + count <= masses.count
        && target + count <= masses.count && nearest.count == count * count
        && costs.count == count * count, "the masses leave their table")
    return unsafe masses.withUnsafeBufferPointer { masses in
      unsafe nearest.withUnsafeBufferPointer { nearest in
        unsafe costs.withUnsafeBufferPointer { costs in
          var sum = 0.0
          for bin in 0..<count {
            var rest = unsafe masses[source + bin]
            guard rest > 0 else { continue }
            var place = bin * count
            // Where so many bins do not hold it, the rest counts as going to the next.
            let last = place + min(count, mostBinsPerMass) - 1
            while place < last {
              let taken = unsafe min(rest, masses[target + Int(nearest[place])])
              unsafe sum += taken * costs[place]
              rest -= taken
              if rest <= 0 { break }
              place += 1
            }
            if rest > 0 { unsafe sum += rest * costs[last] }
          }
          return sum
        }
      }
    }
  }

  /// How many bins a mass is spread over at most.
  private static let mostBinsPerMass = 48
}
