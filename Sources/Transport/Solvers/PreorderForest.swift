/// An arc with a flow counted in integers.
package struct ForestArc: Sendable {
  /// The index of the source.
  package let source: Int
  /// The index of the target.
  package let target: Int
  /// The flow.
  package let flow: Int128

  /// The node at the other end.
  func otherEnd(than node: Int, sourceCount: Int) -> Int {
    node < sourceCount ? sourceCount + target : source
  }
}

/// A spanning tree made of a forest: its nodes in preorder, and above each its parent and arc.
///
/// The components without the root hang under it by their first source.
///
/// - Complexity: O(m + n).
struct PreorderForest {
  /// The nodes, parents first, each subtree one run; the root comes first.
  private(set) var order: [Int] = []
  /// The parent of each node, −1 for the root.
  private(set) var parent: [Int]
  /// The index of the forest's arc above each node, −1 where there is none.
  private(set) var arcAbove: [Int]

  init(of forest: [ForestArc], sourceCount: Int, targetCount: Int, root: Int) {
    let count = sourceCount + targetCount
    parent = [Int](repeating: -1, count: count)
    arcAbove = [Int](repeating: -1, count: count)
    order.reserveCapacity(count)
    let neighbours = Neighbours(of: forest, sourceCount: sourceCount, count: count)
    var reached = [Bool](repeating: false, count: count)
    var pending = [root]
    var nextSource = 0
    reached[root] = true
    while true {
      while let node = pending.popLast() {
        order.append(node)
        for place in neighbours.places(of: node) {
          let arc = neighbours.arc(at: place)
          let other = forest[arc].otherEnd(than: node, sourceCount: sourceCount)
          guard !reached[other] else { continue }
          reached[other] = true
          parent[other] = node
          arcAbove[other] = arc
          pending.append(other)
        }
      }
      while nextSource < sourceCount, reached[nextSource] { nextSource += 1 }
      guard nextSource < sourceCount else { return }
      reached[nextSource] = true
      parent[nextSource] = root
      pending.append(nextSource)
    }
  }
}

/// The arcs of a forest by node.
struct Neighbours {
  private var starts: [Int]
  private var list: [Int]

  init(of forest: [ForestArc], sourceCount: Int, count: Int) {
    starts = [Int](repeating: 0, count: count + 1)
    for arc in forest {
      starts[arc.source + 1] += 1
      starts[sourceCount + arc.target + 1] += 1
    }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var fill = starts
    list = [Int](repeating: 0, count: 2 * forest.count)
    for (index, arc) in forest.enumerated() {
      list[fill[arc.source]] = index
      fill[arc.source] += 1
      list[fill[sourceCount + arc.target]] = index
      fill[sourceCount + arc.target] += 1
    }
  }

  func places(of node: Int) -> Range<Int> { starts[node]..<starts[node + 1] }

  func arc(at place: Int) -> Int { list[place] }
}
