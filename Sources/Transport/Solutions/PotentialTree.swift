import Measures

/// Points with potentials in a binary tree of boxes: what can be proven of many points at once.
///
/// The certificate's own search: it shares nothing with the solvers' blocks, and each search starts from
/// nothing but the problem's data and the potentials that are to be judged.
///
/// - Source: J. L. Bentley, "Multidimensional binary search trees used for associative searching",
///   Communications of the ACM 18 (1975).
struct PotentialTree {
  /// In more dimensions a scan of all arcs is as fast.
  static let mostDimensions = 5
  private static let leafSize = 12

  /// A box: its points stand in `points[range]`, its children, if any, at `left` and `left + 1`.
  struct Box {
    let range: Range<Int>
    var left: Int?
    /// The point of the greatest potential, and that potential.
    var greatest: Int
    var greatestPotential: Double
  }

  private(set) var boxes: [Box] = []
  /// The lower and upper ends of the boxes, flat.
  private(set) var lower: [Double] = []
  private(set) var upper: [Double] = []
  /// The indices of the points, box by box.
  private(set) var points: [Int]

  /// A tree of points, flat coordinates row-major, and their potentials.
  ///
  /// - Complexity: O(n log² n).
  init(_ coordinates: [Double], dimension: Int, potentials: [Double]) {
    points = Array(potentials.indices)
    addBox(points.indices, coordinates, dimension, potentials)
    var next = 0
    while next < boxes.count {
      let range = boxes[next].range
      if range.count > Self.leafSize {
        let axis = widestAxis(of: next, dimension)
        points[range].sort {
          let (a, b) = (coordinates[$0 * dimension + axis], coordinates[$1 * dimension + axis])
          return a < b || (a == b && $0 < $1)
        }
        let middle = (range.lowerBound + range.upperBound) / 2
        boxes[next].left = boxes.count
        addBox(range.lowerBound..<middle, coordinates, dimension, potentials)
        addBox(middle..<range.upperBound, coordinates, dimension, potentials)
      }
      next += 1
    }
  }

  private mutating func addBox(
    _ range: Range<Int>, _ coordinates: [Double], _ dimension: Int, _ potentials: [Double]
  ) {
    for axis in 0..<dimension {
      var (low, high) = (Double.infinity, -Double.infinity)
      for place in range {
        let value = coordinates[points[place] * dimension + axis]
        low = min(low, value)
        high = max(high, value)
      }
      lower.append(low)
      upper.append(high)
    }
    var greatest = points[range.lowerBound]
    for place in range where potentials[points[place]] > potentials[greatest] {
      greatest = points[place]
    }
    boxes.append(
      Box(
        range: range, left: nil, greatest: greatest, greatestPotential: potentials[greatest]))
  }

  private func widestAxis(of box: Int, _ dimension: Int) -> Int {
    (0..<dimension).max {
      let (a, b) = (box * dimension + $0, box * dimension + $1)
      return upper[a] - lower[a] < upper[b] - lower[b]
    } ?? 0
  }

  /// Visits the points of all boxes that may matter, the nearer child first.
  ///
  /// - Parameters:
  ///   - leastCost: A lower bound on the cost to a box.
  ///   - uniform: The bound from which on all points of a box cost the same, so that the one of the greatest
  ///     potential stands for all.
  ///   - canMatter: Whether a cost and a potential could still matter, asked with the least cost and the
  ///     greatest potential of a box.
  ///   - visit: Called with the index of each point of a box that is too small to be divided.
  @inline(__always)
  func search(
    leastCost: (_ box: Int) -> Double, uniform: Double = .infinity,
    canMatter: (_ cost: Double, _ potential: Double) -> Bool, visit: (_ point: Int) -> Void
  ) {
    var pending = [(box: 0, cost: leastCost(0))]
    while let (box, cost) = pending.popLast() {
      guard canMatter(cost, boxes[box].greatestPotential) else { continue }
      if cost >= uniform {
        visit(boxes[box].greatest)
        continue
      }
      guard let left = boxes[box].left else {
        for place in boxes[box].range { visit(points[place]) }
        continue
      }
      let (first, second) = (leastCost(left), leastCost(left + 1))
      let (a, b) = (boxes[left].greatestPotential, boxes[left + 1].greatestPotential)
      // The last one pushed is looked at first.
      if first - a < second - b {
        pending.append((left + 1, second))
        pending.append((left, first))
      } else {
        pending.append((left, first))
        pending.append((left + 1, second))
      }
    }
  }
}

extension TransportProblem {
  /// The least reduced cost among points, without those boxes of targets that cannot hold it.
  ///
  /// The relative reduced cost (c − f − g) ÷ (|c| + |f| + |g|) grows with c ≥ 0 and falls with g, so
  /// that the least cost to a box and the greatest potential in it bound it for all of the box. The value
  /// is that of the scan of all arcs.
  package func leastReducedCostInBoxes(
    under potentials: KantorovichPotentials, threads: Int = 1
  ) -> LeastReducedCost {
    guard case .points(let points) = costs,
      (potentials.source + potentials.target).allSatisfy(\.isFinite)
    else { return leastReducedCostOfAllArcs(under: potentials, threads: threads) }
    let tree = PotentialTree(
      points.targets, dimension: points.dimension, potentials: potentials.target)
    let cost = points.pointCost
    let parts = SharedRows(sourceCount, threads: threads).map { rows in
      var least = LeastReducedCost()
      for i in rows {
        let f = potentials.source[i]
        tree.search(
          leastCost: { box in
            cost.least(i, of: points.sources, toBox: box, from: tree.lower, to: tree.upper)
          }, uniform: cost.leastBeyondThreshold,
          canMatter: { cost, g in
            // What rounding could hide is looked at.
            Self.relativeReducedCost(cost, f, g) - 0x1p-50 < least.value
          }
        ) { j in
          least.consider(
            i, j, cost: cost(i, of: points.sources, j, of: points.targets), f,
            potentials.target[j])
        }
      }
      return least
    }
    return LeastReducedCost(ofParts: parts)
  }
}
