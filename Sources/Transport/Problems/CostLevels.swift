import Measures

/// Where a problem's costs fall apart into ranges that no double holds together.
///
/// People write 1e32 for "forbidden". Potentials next to such a cost lose every digit of the others. So
/// costs above a gap of at least 40 binary orders are first set aside as if forbidden; if a plan exists
/// without them and its potentials also fit them, it is optimal, which the solver checks. Otherwise the
/// next gap is tried, and at last all costs.
package enum CostLevels {
  /// The gap in binary orders from which costs are set aside.
  private static let gap = 40

  /// The ceilings to try, lowest first; nil, the last, sets nothing aside.
  ///
  /// - Complexity: O(m n d).
  package static func ceilings(of problem: TransportProblem) -> [Double?] {
    guard case .matrix(let matrix) = problem.costs, canHaveGap(matrix.entries) else {
      return [nil]
    }
    // Which of the exponents −1074 … 1023 occur.
    var occurs = [Bool](repeating: false, count: 2_098)
    for entry in matrix.entries where entry != 0 && entry < .infinity {
      occurs[Int(entry.exponent) + 1_074] = true
    }
    let sorted = occurs.indices.filter { occurs[$0] }.map { $0 - 1_074 }
    let ceilings = zip(sorted, sorted.dropFirst()).filter { $1 - $0 >= gap }.map { below, _ in
      Optional(Double(sign: .plus, exponent: below, significand: 2).nextDown)
    }
    return ceilings + [nil]
  }

  /// Whether no entry is forbidden and all are near enough to each other for one range.
  static func isPlain(_ entries: [Double]) -> Bool {
    !entries.contains(.infinity) && !canHaveGap(entries)
  }

  /// Whether the largest and the least magnitude are far enough apart.
  private static func canHaveGap(_ entries: [Double]) -> Bool {
    // The bits of magnitudes are ordered as they are.
    var (least, most) = (UInt64.max, 0 as UInt64)
    for entry in entries {
      let bits = abs(entry).bitPattern
      guard bits != 0, bits != Double.infinity.bitPattern else { continue }
      least = min(least, bits)
      most = max(most, bits)
    }
    guard least <= most else { return false }
    return Int(Double(bitPattern: most).exponent) - Int(Double(bitPattern: least).exponent) >= gap
  }
}
