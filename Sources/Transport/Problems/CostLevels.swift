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
    guard case .matrix(let matrix) = problem.costs else { return [nil] }
    var exponents = Set<Int>()
    for entry in matrix.entries where entry != 0 && entry < .infinity {
      exponents.insert(Int(entry.exponent))
    }
    let sorted = exponents.sorted()
    let ceilings = zip(sorted, sorted.dropFirst()).filter { $1 - $0 >= gap }.map { below, _ in
      Optional(Double(sign: .plus, exponent: below, significand: 2).nextDown)
    }
    return ceilings + [nil]
  }
}
