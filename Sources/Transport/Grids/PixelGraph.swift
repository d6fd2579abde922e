/// The pixels of a box, each joined to its neighbours by arcs both ways.
///
/// City block: neighbours are a step along one axis away. Chebyshev with equal steps: a step along any
/// of the axes at once, all of the same cost. Every shortest way between two pixels is a chain of such
/// steps that stays in the box, so that the costs of these few arcs say the costs of all pairs.
///
/// Pixels are numbered with a margin of one place around the box, so that a step never leaves the numbers.
///
/// - Source: H. Ling, K. Okada, "An efficient Earth Mover's Distance algorithm for robust histogram
///   comparison", IEEE Transactions on Pattern Analysis and Machine Intelligence 29 (2007).
struct PixelGraph {
  /// Which pixels are neighbours.
  enum Steps: Hashable, Sendable {
    /// One step along one axis.
    case alongAxes
    /// One step along any number of axes.
    case kingMoves
  }

  /// The number of pixels along each axis.
  let shape: [Int]
  /// The distance of neighbours along each axis.
  let spacing: [Double]
  let steps: Steps
  /// The number of places, the margin included.
  let capacity: Int
  /// How far apart the numbers of neighbours along each axis are.
  let strides: [Int]
  /// The neighbours of a pixel: the difference of their numbers, and what the arc costs.
  let neighbours: [Neighbour]

  /// A neighbour, seen from a pixel.
  struct Neighbour {
    let offset: Int
    let cost: Double
  }

  init(shape: [Int], spacing: [Double], steps: Steps) {
    self.shape = shape
    self.spacing = spacing
    self.steps = steps
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * (shape[axis + 1] + 2)
    }
    self.strides = strides
    capacity = strides[0] * (shape[0] + 2)
    neighbours = Self.neighbours(shape, spacing, steps, strides)
  }

  private static func neighbours(
    _ shape: [Int], _ spacing: [Double], _ steps: Steps, _ strides: [Int]
  ) -> [Neighbour] {
    let axes = shape.indices.filter { shape[$0] > 1 }
    switch steps {
    case .alongAxes:
      return axes.flatMap { axis in
        [1, -1].map { Neighbour(offset: $0 * strides[axis], cost: spacing[axis]) }
      }
    case .kingMoves:
      var moves = [0]
      for axis in axes {
        moves = moves.flatMap { move in [-1, 0, 1].map { move + $0 * strides[axis] } }
      }
      let cost = axes.first.map { spacing[$0] } ?? 0
      return moves.filter { $0 != 0 }.map { Neighbour(offset: $0, cost: cost) }
    }
  }

  /// The number of the pixel at some indices.
  func node(at indices: [Int]) -> Int {
    zip(indices, strides).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
  }

  /// The numbers of all pixels, in row-major order.
  var nodes: [Int] {
    var nodes = [0]
    for (side, stride) in zip(shape, strides) {
      nodes = nodes.flatMap { start in (1...side).map { start + $0 * stride } }
    }
    return nodes
  }

  /// What a step between two neighbours costs.
  func cost(from tail: Int, to head: Int) -> Double {
    let offset = head - tail
    for neighbour in neighbours where neighbour.offset == offset { return neighbour.cost }
    preconditionFailure("no neighbours")
  }
}

extension PixelGraph {
  /// The graph of pixels of twice the size, two of them along each axis made one; an odd one stays alone.
  var coarser: PixelGraph {
    PixelGraph(
      shape: shape.map { ($0 + 1) / 2 },
      spacing: zip(shape, spacing).map { $0 > 1 ? 2 * $1 : $1 }, steps: steps)
  }

  /// For each place, the number of the coarse pixel that a pixel is part of; −1 in the margin.
  func parents(in coarse: PixelGraph) -> [Int] {
    var parents = [Int](repeating: -1, count: capacity)
    var pairs = [(fine: 0, coarse: 0)]
    for axis in shape.indices {
      pairs = pairs.flatMap { pair in
        (0..<shape[axis]).map { index in
          (
            pair.fine + (index + 1) * strides[axis],
            pair.coarse + (index / 2 + 1) * coarse.strides[axis]
          )
        }
      }
    }
    for pair in pairs { parents[pair.fine] = pair.coarse }
    return parents
  }

  /// A spanning tree from one of the coarse pixels: the parts of each pixel hang together, and where
  /// two pixels did, their nearest parts do.
  ///
  /// - Parameters:
  ///   - coarse: The graph of coarse pixels.
  ///   - parent: The parent of each coarse pixel in its tree.
  /// - Returns: The edges of the tree.
  /// - Complexity: O(2^d · n).
  func refinedEdges(of coarse: PixelGraph, parent: (Int) -> Int) -> [(Int32, Int32)] {
    var edges: [(Int32, Int32)] = []
    edges.reserveCapacity(capacity)
    func add(_ a: Int, _ b: Int) {
      edges.append((Int32(truncatingIfNeeded: a), Int32(truncatingIfNeeded: b)))
    }
    let dimension = shape.count
    var indices = [Int](repeating: 0, count: dimension)
    for node in coarse.nodes {
      var rest = node
      var first = 0
      for axis in 0..<dimension {
        indices[axis] = rest / coarse.strides[axis] - 1
        rest %= coarse.strides[axis]
        first += (2 * indices[axis] + 1) * strides[axis]
      }
      joinParts(of: indices, first: first, add)
      let above = parent(node)
      guard above >= 0 else { continue }
      // The nearest parts: the second one along an axis on which the other pixel lies behind.
      var (here, there, rest2) = (first, first, above)
      for axis in 0..<dimension {
        let step = rest2 / coarse.strides[axis] - 1 - indices[axis]
        rest2 %= coarse.strides[axis]
        here += step > 0 ? strides[axis] : 0
        there += step > 0 ? 2 * strides[axis] : step < 0 ? -strides[axis] : 0
      }
      add(here, there)
    }
    return edges
  }

  /// Joins every part of a coarse pixel but the first to the one before it along the first axis possible.
  private func joinParts(of indices: [Int], first: Int, _ add: (Int, Int) -> Void) {
    for part in 1..<max(1, 1 << shape.count) {
      var node = first
      var exists = true
      var stride = 0
      for axis in shape.indices where part >> axis & 1 == 1 {
        exists = exists && 2 * indices[axis] + 1 < shape[axis]
        node += strides[axis]
        if stride == 0 { stride = strides[axis] }
      }
      if exists { add(node, node - stride) }
    }
  }
}
