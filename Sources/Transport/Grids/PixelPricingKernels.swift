/// Looks for arcs between neighbouring pixels that improve, a few pixels at a time, round and round.
///
/// The best arc of 16 pixels in a row enters. More of them at once save few pivots and cost much
/// (256 × 256 pixels: 2 % fewer with 256 pixels at once, and half as long again).
struct PixelPricing {
  private let offsets: [Int]
  private let costs: [Double]
  private let leastCost: Double
  private let first: Int
  private let end: Int
  private var node: Int
  private var idle = 0

  /// How many pixels are looked at before the best arc enters.
  private static let block = 16

  init(_ graph: PixelGraph) {
    offsets = graph.neighbours.map(\.offset)
    costs = graph.neighbours.map(\.cost)
    leastCost = costs.min() ?? 0
    // The margin before the first pixel and behind the last is as wide as any offset.
    first = graph.strides.reduce(0, +)
    end = graph.capacity - first
    node = first
  }

  /// An arc that improves.
  struct Arc {
    let tail: Int
    let head: Int
    let reduced: Double
  }

  /// The best arc of the next pixels that have one; nil if no arc improves.
  ///
  /// An arc improves if its reduced cost is negative beyond 64 roundings of its potentials.
  mutating func next<Flow: FlowCount>(in tree: FlowTree<Flow>) -> Arc? {
    precondition(tree.capacity >= end + first, "the tree has not a place for each pixel")
    while idle < end - first {
      var best = (reduced: 0.0, tail: -1, place: -1)
      let stop = min(node + Self.block, end)
      for tail in node..<stop {
        let potential = unsafe tree.potential[tail]
        guard potential < .infinity else { continue }
        let least = min(best.reduced, -0x1p-47 * (abs(potential) + leastCost))
        var reached = least
        for place in offsets.indices {
          let reduced = unsafe costs[place] - potential + tree.potential[tail &+ offsets[place]]
          if reduced < reached {
            reached = reduced
            best = (reduced, tail, place)
          }
        }
      }
      idle += stop - node
      node = stop == end ? first : stop
      guard best.tail >= 0 else { continue }
      idle = 0
      return Arc(
        tail: best.tail, head: best.tail + offsets[best.place], reduced: best.reduced)
    }
    return nil
  }

  /// Begins a new round, after all potentials have changed.
  mutating func restart() { idle = 0 }
}
