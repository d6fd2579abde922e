/// The network simplex on the neighbours' graph of a box of pixels, from coarse to fine.
///
/// The image of half the size, with the masses of 2 × 2 pixels added up, is solved first; its tree,
/// refined, is where the pivots begin. Arcs run both ways, so that every tree is feasible: no start has to
/// be looked for, at any size, and what is in the tree when time is up is a feasible flow.
///
/// - Source: the coarse tree as a start is our own; 256 × 256 pixels take a fifth of the pivots that they
///   take from a tree of rows and columns.
struct PixelSimplex<Flow: FlowCount> {
  let graph: PixelGraph
  let tree: FlowTree<Flow>
  private let monitor: PivotMonitor
  /// Pivots of all sizes.
  private(set) var pivots: Int
  /// Whether no arc improves any more.
  private(set) var isOptimal = false

  /// Solves a problem.
  ///
  /// - Parameters:
  ///   - graph: The pixels.
  ///   - supplies: For each place, what the pixel has more than it wants; the total is 0.
  ///   - monitor: Says when to stop.
  init(_ graph: PixelGraph, supplies: [Flow], monitor: PivotMonitor) {
    self.graph = graph
    self.monitor = monitor
    if graph.shape.allSatisfy({ $0 == 1 }) {
      let root = graph.nodes[0]
      tree = FlowTree(
        RootedTree(edges: [], capacity: graph.capacity, root: root), supplies: supplies)
      pivots = 0
    } else {
      let coarse = graph.coarser
      let start = PixelSimplex(
        coarse, supplies: Self.added(supplies, graph, coarse), monitor: monitor)
      let coarseTree = start.tree
      let edges = graph.refinedEdges(of: coarse) { coarseTree.parent($0) }
      // The root is in the middle, so that ways up are short.
      let root = graph.node(at: graph.shape.map { $0 / 2 })
      tree = FlowTree(
        RootedTree(edges: edges, capacity: graph.capacity, root: root), supplies: supplies)
      pivots = start.pivots
    }
    run()
  }

  private static func added(
    _ supplies: [Flow], _ graph: PixelGraph, _ coarse: PixelGraph
  ) -> [Flow] {
    var sums = [Flow](repeating: 0, count: coarse.capacity)
    for (node, parent) in graph.parents(in: coarse).enumerated() where parent >= 0 {
      sums[parent] += supplies[node]
    }
    return sums
  }

  private mutating func run() {
    refresh()
    guard !monitor.shouldStop(after: pivots) else { return }
    var pricing = PixelPricing(graph)
    var sinceRefresh = 0
    while true {
      if let arc = pricing.next(in: tree) {
        tree.pivot(from: arc.tail, to: arc.head, reduced: arc.reduced)
        pivots += 1
        sinceRefresh += 1
        if pivots & 0xFF == 0, monitor.shouldStop(after: pivots) { return }
        guard sinceRefresh > 4 * tree.nodeCount else { continue }
      } else if sinceRefresh == 0 {
        isOptimal = true
        return
      }
      refresh()
      pricing.restart()
      sinceRefresh = 0
    }
  }

  private func refresh() {
    tree.refreshPotentials { [graph] in graph.cost(from: $0, to: $1) }
  }
}
