import Measures

/// The arcs along which mass can be rearranged without cost: forward along every tight arc, back along
/// those that carry mass.
struct TightGraph: Sendable {
  /// An arc of reduced cost zero.
  struct Arc: Sendable {
    let source: Int
    let target: Int
    /// What the plan sends along it.
    var flow: Double
  }

  let sourceCount: Int
  let targetCount: Int
  /// The tight arcs by source; those of the plan are tight whatever their rounding.
  let arcs: [Arc]
  /// The indices of the arcs at each node, sources first.
  let incident: [[Int]]

  var nodeCount: Int { sourceCount + targetCount }

  init(
    _ tight: [(source: Int, target: Int)], plan: TransportPlan, sourceCount: Int, targetCount: Int
  ) {
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    var places: [BasisArc: Int] = [:]
    var arcs: [Arc] = []
    for arc in plan.arcs where arc.mass > 0 {
      places[BasisArc(source: arc.source, target: arc.target)] = arcs.count
      arcs.append(Arc(source: arc.source, target: arc.target, flow: arc.mass))
    }
    for arc in tight where places[BasisArc(source: arc.source, target: arc.target)] == nil {
      arcs.append(Arc(source: arc.source, target: arc.target, flow: 0))
    }
    self.arcs = arcs
    var incident = [[Int]](repeating: [], count: sourceCount + targetCount)
    for (index, arc) in arcs.enumerated() {
      incident[arc.source].append(index)
      incident[sourceCount + arc.target].append(index)
    }
    self.incident = incident
  }

  /// The nodes that can be reached from a node in one step, with the arc.
  ///
  /// - Parameters:
  ///   - node: A source leads along all its arcs, a target back along those with flow.
  ///   - flows: The flow of each arc.
  /// - Returns: The nodes and the arcs that lead there.
  func steps(from node: Int, flows: [Double]) -> [(node: Int, arc: Int)] {
    node < sourceCount
      ? incident[node].map { (sourceCount + arcs[$0].target, $0) }
      : incident[node].compactMap { flows[$0] > 0 ? (arcs[$0].source, $0) : nil }
  }

  /// The number of the strongly connected component of each node.
  ///
  /// - Source: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).
  var components: [Int] {
    var search = ComponentSearch(graph: self)
    return search.run()
  }

  /// Whether no cycle of tight arcs can carry a change of the plan.
  ///
  /// The difference of two optimal plans is a sum of cycles that go forward along tight arcs and back along
  /// arcs with flow. Such a cycle exists if the arcs with flow contain one, or if a tight arc without flow
  /// joins two nodes of one strongly connected component.
  func isPlanUnique(_ components: [Int]) -> Bool {
    var parts = NodeUnion(count: nodeCount)
    for arc in arcs {
      let (source, target) = (arc.source, sourceCount + arc.target)
      if arc.flow > 0, !parts.join(source, target) { return false }
      if arc.flow == 0, components[source] == components[target] { return false }
    }
    return true
  }

  /// Whether all nodes with mass are in one component.
  ///
  /// An arc is tight under all optimal potentials if and only if some optimal plan uses it (strict
  /// complementarity), which are the arcs inside components; so each component fixes its potentials up to
  /// a constant of its own.
  func isConnected(_ components: [Int], masses: [Double]) -> Bool {
    Set(components.indices.filter { masses[$0] > 0 }.map { components[$0] }).count <= 1
  }
}

/// Tarjan's search without recursion.
private struct ComponentSearch {
  private let graph: TightGraph
  private let flows: [Double]
  private var found: [Int]
  private var low: [Int]
  private var component: [Int]
  private var stack: [Int] = []
  private var next = 0
  private var count = 0

  init(graph: TightGraph) {
    self.graph = graph
    flows = graph.arcs.map(\.flow)
    found = [Int](repeating: -1, count: graph.nodeCount)
    low = found
    component = found
  }

  mutating func run() -> [Int] {
    for node in 0..<graph.nodeCount where found[node] < 0 { visit(node) }
    return component
  }

  private mutating func visit(_ start: Int) {
    var path = [(node: start, steps: open(start), place: 0)]
    while let (node, steps, place) = path.last {
      if place < steps.count {
        path[path.count - 1].place += 1
        let other = steps[place].node
        if found[other] < 0 {
          path.append((other, open(other), 0))
        } else if component[other] < 0 {
          low[node] = min(low[node], found[other])
        }
        continue
      }
      path.removeLast()
      if let above = path.last { low[above.node] = min(low[above.node], low[node]) }
      if low[node] == found[node] { close(node) }
    }
  }

  private mutating func open(_ node: Int) -> [(node: Int, arc: Int)] {
    (found[node], low[node]) = (next, next)
    next += 1
    stack.append(node)
    return graph.steps(from: node, flows: flows)
  }

  private mutating func close(_ root: Int) {
    while let node = stack.popLast() {
      component[node] = count
      if node == root { break }
    }
    count += 1
  }
}

/// Sets of nodes that are joined step by step.
private struct NodeUnion {
  private var parent: [Int]

  init(count: Int) { parent = Array(0..<count) }

  /// Joins the sets of two nodes; false if they were one.
  mutating func join(_ first: Int, _ second: Int) -> Bool {
    let (a, b) = (root(of: first), root(of: second))
    parent[a] = b
    return a != b
  }

  private mutating func root(of node: Int) -> Int {
    var node = node
    while parent[node] != node {
      parent[node] = parent[parent[node]]
      node = parent[node]
    }
    return node
  }
}
