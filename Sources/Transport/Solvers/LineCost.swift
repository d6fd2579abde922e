import Measures
import RealModule

/// The cost |x − y|^p of two positions on the line, as a value that a loop can hold.
struct LineCost {
  /// The power p.
  let exponent: Double

  @inline(__always)
  func callAsFunction(_ x: Double, _ y: Double) -> Double {
    let length = abs(x - y)
    if exponent == 1 { return length }
    return exponent == 2 ? length * length : Double.pow(length, exponent)
  }
}

extension MonotoneRearrangement {
  /// The optimal cost alone, without plan and potentials: two sorts and one walk.
  ///
  /// - Parameter problem: A problem on the line.
  /// - Returns: The cost that `solve` finds, to rounding; nil if the problem is not on the line.
  /// - Complexity: O(m + n) for large samples, whose bits are sorted.
  package static func cost(of problem: TransportProblem) -> Double? {
    guard problem.isOnTheLine, case .points(let points) = problem.costs,
      let exponent = problem.costs.lineExponent
    else { return nil }
    let cost = LineCost(exponent: exponent)
    if let mass = problem.sharedMass {
      return mass * sumInOrder(points.sources, points.targets, cost)
    }
    var walk = LineWalk(problem, points)
    var sum = CompensatedSum()
    while let step = walk.next() {
      if step.flow > 0 {
        sum.add(step.mass * cost(walk.rowPositions[step.row], walk.columnPositions[step.column]))
      }
    }
    return sum.value * Double(sign: .plus, exponent: walk.massExponent, significand: 1)
  }

  /// The sum of costs between the k-th least of either side.
  private static func sumInOrder(
    _ sources: [Double], _ targets: [Double], _ cost: LineCost
  ) -> Double {
    let (rows, columns) = (RadixSort.sortedKeys(sources), RadixSort.sortedKeys(targets))
    var sum = CompensatedSum()
    for place in rows.indices {
      sum.add(cost(RadixSort.value(rows[place]), RadixSort.value(columns[place])))
    }
    return sum.value
  }
}

extension TransportProblem {
  /// The mass that every source and every target has, if it is the same and there are as many of each.
  fileprivate var sharedMass: Double? {
    guard sourceCount == targetCount, let mass = sourceMasses.first, mass > 0,
      sourceMasses.allSatisfy({ $0 == mass }), targetMasses.allSatisfy({ $0 == mass })
    else { return nil }
    return mass
  }
}
