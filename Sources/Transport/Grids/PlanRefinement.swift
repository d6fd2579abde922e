/// A plan between boxes as a plan between their parts.
///
/// A box that is divided deals out its arcs: sorted by how much cheaper they are for the first part than
/// for the second, the first part takes them until its mass is used up. At most one arc is divided, for
/// one box more, so that arcs without a cycle stay so: the refined plan is again the flow of a forest.
struct PlanRefinement<Kernel: GroundKernel> {
  let kernel: Kernel
  let dimension: Int

  /// The plan with the sources' boxes divided.
  ///
  /// - Parameters:
  ///   - arcs: The flow from boxes of the sources.
  ///   - boxes: The boxes of the sources.
  ///   - parts: The level below them.
  ///   - targets: The centres that the arcs lead to.
  /// - Returns: The flow from the parts.
  /// - Complexity: O(k log k) for k arcs.
  func dividingSources(
    _ arcs: [ForestArc], _ boxes: PixelCells.Level, into parts: PixelCells.Level,
    targets: [Double]
  ) -> [ForestArc] {
    deal(arcs, boxes, parts, targets, box: \.source, end: \.target) {
      ForestArc(source: $0, target: $1, flow: $2)
    }
  }

  /// The plan with the targets' boxes divided.
  func dividingTargets(
    _ arcs: [ForestArc], _ boxes: PixelCells.Level, into parts: PixelCells.Level,
    sources: [Double]
  ) -> [ForestArc] {
    deal(arcs, boxes, parts, sources, box: \.target, end: \.source) {
      ForestArc(source: $1, target: $0, flow: $2)
    }
  }

  private func deal(
    _ arcs: [ForestArc], _ boxes: PixelCells.Level, _ parts: PixelCells.Level,
    _ ends: [Double], box: KeyPath<ForestArc, Int>, end: KeyPath<ForestArc, Int>,
    _ arc: (_ part: Int, _ end: Int, _ flow: Int128) -> ForestArc
  ) -> [ForestArc] {
    var ofBox = [[(end: Int, flow: Int128)]](repeating: [], count: boxes.count)
    for arc in arcs { ofBox[arc[keyPath: box]].append((arc[keyPath: end], arc.flow)) }
    var result: [ForestArc] = []
    result.reserveCapacity(2 * arcs.count)
    for index in 0..<boxes.count {
      let (first, second) = (Int(boxes.parts[index].0), Int(boxes.parts[index].1))
      guard second >= 0 else {
        for one in ofBox[index] { result.append(arc(first, one.end, one.flow)) }
        continue
      }
      var keyed = ofBox[index].map { one in
        (
          key: cost(parts.centres, first, ends, one.end)
            - cost(parts.centres, second, ends, one.end), end: one.end, flow: one.flow
        )
      }
      keyed.sort { $0.key < $1.key || ($0.key == $1.key && $0.end < $1.end) }
      var left = parts.masses[first]
      for one in keyed {
        let taken = min(left, one.flow)
        left -= taken
        if taken > 0 { result.append(arc(first, one.end, taken)) }
        if one.flow > taken { result.append(arc(second, one.end, one.flow - taken)) }
      }
    }
    return result
  }

  private func cost(_ points: [Double], _ x: Int, _ others: [Double], _ y: Int) -> Double {
    var sum = SIMD8<Double>.zero
    for axis in 0..<dimension {
      let difference = points[x * dimension + axis] - others[y * dimension + axis]
      sum = kernel.fold(sum, SIMD8(repeating: difference))
    }
    return kernel.finish(sum)[0]
  }
}
