import Measures

/// The area between the cumulative distributions of two histograms.
///
/// Unsafe pointers live in this file alone: bounds are checked once per pair.
extension LineSeries {
  /// Σ |F − G| times the gaps, with the masses changed as the mass policy says.
  func area(
    between source: [Double], and target: [Double], _ adjustment: MassAdjustment
  ) -> Double {
    precondition(source.count == binCount && target.count == binCount, "one mass per bin")
    return unsafe source.withUnsafeBufferPointer { source in
      unsafe target.withUnsafeBufferPointer { target in
        unsafe gaps.withUnsafeBufferPointer { gaps in
          // One loop for each case, so that none asks within.
          switch (order, adjustment) {
          case (nil, .none):
            unsafe sum(gaps) { unsafe SIMD2(source[$0], target[$0]) }
          case (nil, .targetScaled(let factor)):
            unsafe sum(gaps) { unsafe SIMD2(source[$0], target[$0] * factor) }
          case (nil, .normalized(let first, let second)):
            unsafe sum(gaps) { unsafe SIMD2(source[$0], target[$0]) / SIMD2(first, second) }
          case (let order?, .none):
            unsafe sum(gaps) { unsafe SIMD2(source[Int(order[$0])], target[Int(order[$0])]) }
          case (let order?, .targetScaled(let factor)):
            unsafe sum(gaps) {
              unsafe SIMD2(source[Int(order[$0])], target[Int(order[$0])] * factor)
            }
          case (let order?, .normalized(let first, let second)):
            unsafe sum(gaps) {
              unsafe SIMD2(source[Int(order[$0])], target[Int(order[$0])])
                / SIMD2(first, second)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func sum(
    _ gaps: UnsafeBufferPointer<Double>, masses: (Int) -> SIMD2<Double>
  ) -> Double {
    var distributions = PairOfSums()
    var area = CompensatedSum()
    for start in stride(from: 0, to: gaps.count, by: 64) {
      // No term is negative, so that a few of them may be summed plainly.
      var part = 0.0
      for bin in start..<min(start + 64, gaps.count) {
        distributions.add(masses(bin))
        part += unsafe abs(distributions.difference) * gaps[bin]
      }
      area.add(part)
    }
    return area.value
  }
}

/// The cumulative distributions of two histograms, and what their roundings lost, without a branch.
///
/// - Source: D. E. Knuth, "The Art of Computer Programming", volume 2, section 4.2.2, theorem B.
private struct PairOfSums {
  private var sum = SIMD2<Double>.zero
  private var lost = SIMD2<Double>.zero

  @inline(__always)
  mutating func add(_ terms: SIMD2<Double>) {
    let next = sum + terms
    let part = next - sum
    lost += (sum - (next - part)) + (terms - part)
    sum = next
  }

  /// The difference of sums that are near each other loses nothing.
  @inline(__always)
  var difference: Double { (sum.x - sum.y) + (lost.x - lost.y) }
}
