import RealModule

/// The cost between any two points under a ground cost and an order, one pair at a time.
package struct PointCost: Hashable, Sendable {
  /// The distance of two points, without its threshold.
  private let base: GroundCost
  /// What the distance is at most; infinite if there is no threshold.
  private let threshold: Double
  /// The power that the distance is raised to.
  package let order: Double
  /// The number of coordinates of a point.
  package let dimension: Int

  /// The cost under a ground cost and an order.
  init(groundCost: GroundCost, order: Double, dimension: Int) {
    (base, threshold) = groundCost.parts
    self.order = order
    self.dimension = dimension
  }

  /// The cost between a point of one flat array and a point of another.
  ///
  /// - Complexity: O(d).
  package func callAsFunction(
    _ x: Int, of first: [Double], _ y: Int, of second: [Double]
  ) -> Double {
    let (start, end) = (x * dimension, y * dimension)
    return power(
      min(threshold, base.length(axes: dimension) { first[start + $0] - second[end + $0] }))
  }

  /// Whether the cost grows with the difference along every axis, so that boxes bound it.
  package var growsWithEveryDifference: Bool {
    if case .circular = base { return false }
    return true
  }

  /// A lower bound on the costs from a point to all points of a box.
  ///
  /// It is the cost to the nearest point of the box; 2⁻⁴⁰ of it is taken off for rounding.
  ///
  /// - Parameters:
  ///   - x: The index of the point.
  ///   - points: The array that it stands in, flat.
  ///   - box: The index of the box.
  ///   - lower: The lower ends of all boxes, flat.
  ///   - upper: The upper ends of all boxes, flat.
  /// - Returns: The bound; 0 where boxes bound nothing.
  /// - Complexity: O(d).
  package func least(
    _ x: Int, of points: [Double], toBox box: Int, from lower: [Double], to upper: [Double]
  ) -> Double {
    guard growsWithEveryDifference else { return 0 }
    let (start, corner) = (x * dimension, box * dimension)
    let nearest = base.length(axes: dimension) { axis in
      let value = points[start + axis]
      return max(0, lower[corner + axis] - value, value - upper[corner + axis])
    }
    return power(min(threshold, nearest)) * (1 - 0x1p-40)
  }

  /// The bound of `least` for a box that is beyond the threshold as a whole, so that all its points cost the
  /// same; infinite where there is no threshold.
  package var leastBeyondThreshold: Double {
    growsWithEveryDifference ? power(threshold) * (1 - 0x1p-40) : .infinity
  }

  private func power(_ distance: Double) -> Double {
    if order == 1 { return distance }
    return order == 2 ? distance * distance : Double.pow(distance, order)
  }
}
