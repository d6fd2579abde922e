/// Points under a ground cost: the best arc of a source is searched among the targets' blocks.
///
/// A cell is skipped if the cost to its box plus its least π is not below the best so far; the search
/// begins in the block that held the source's last best target. Coordinates are scaled by a power of two.
///
/// There is a quick search in single precision; what it misses by rounding, the exact one finds.
struct PointGeometry<Kernel: GroundKernel>: ArcGeometry {
  let sourceCount: Int
  let targetCount: Int
  private let points: KernelPoints<Kernel>
  /// The sources in single precision, counted from the targets' lowest corner.
  private let rounded: [Float]
  private let blocks: PointBlocks
  private var lastBlock: [Int32]

  static var heedsFalls: Bool { true }

  /// A geometry of points in `BlockOrder`, row-major.
  init(sources: [Double], targets: [Double], dimension: Int, kernel: Kernel) {
    points = KernelPoints(
      sources: sources, targets: targets, dimension: dimension, kernel: kernel)
    sourceCount = sources.count / dimension
    targetCount = targets.count / dimension
    let origin = points.lowestTargetCorner
    blocks = PointBlocks(targets, dimension: dimension, origin: origin)
    rounded = sources.indices.map { Float(sources[$0] - origin[$0 % dimension]) }
    let (rows, columns) = (sourceCount, targetCount)
    lastBlock = (0..<rows).map { Int32(truncatingIfNeeded: $0 * columns / rows / 16) }
  }

  @inline(__always)
  func cost(_ source: Int, _ target: Int) -> Double { points.cost(source, target) }

  mutating func nearlyCheapest(
    from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    quickly(0, from: source, under: potentials, below: ceiling)
  }

  var quickSearches: Int { 1 }

  @inline(__always)
  mutating func quickly(
    _ search: Int, from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    precondition(
      source >= 0 && source < sourceCount && potentials.count == targetCount,
      "no such source, or not one potential per target")
    let target = unsafe rounded.withUnsafeBufferPointer { rounded in
      guard let start = rounded.baseAddress else { return -1 }
      var search = unsafe RoundedSearch(
        kernel: points.kernel, blocks: blocks, point: start + source * points.dimension,
        potentials: potentials.rounded, first: Int(lastBlock[source]), below: Float(ceiling))
      search.run()
      return search.target
    }
    guard target >= 0 else { return (ceiling, -1) }
    lastBlock[source] = Int32(truncatingIfNeeded: target / 16)
    return (cost(source, target) + potentials[target], target)
  }

  mutating func reset(to potentials: PotentialRow<Double>) { blocks.reset(to: potentials) }

  @inline(__always)
  mutating func targetFell(_ target: Int, to potential: Double) {
    blocks.lower(target, to: potential)
  }

  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    precondition(
      source >= 0 && source < sourceCount && potentials.count == targetCount,
      "no such source, or not one potential per target")
    return unsafe points.sources.withUnsafeBufferPointer { sources in
      guard let start = sources.baseAddress else { return (ceiling, -1) }
      var search = unsafe BlockSearch(
        kernel: points.kernel, blocks: blocks, point: start + source * points.dimension,
        potentials: potentials.start, first: Int(lastBlock[source]), below: ceiling)
      search.run()
      if search.target >= 0 { lastBlock[source] = Int32(truncatingIfNeeded: search.target / 16) }
      return (search.least, search.target)
    }
  }
}

/// One search for the least cost + π from a point.
@safe private struct BlockSearch<Kernel: GroundKernel> {
  private let kernel: Kernel
  private let blocks: PointBlocks
  private let point: UnsafePointer<Double>
  private let potentials: UnsafePointer<Double>
  private let first: Int
  private(set) var least: Double
  private(set) var target = -1

  init(
    kernel: Kernel, blocks: PointBlocks, point: UnsafePointer<Double>,
    potentials: UnsafePointer<Double>, first: Int, below ceiling: Double
  ) {
    self.kernel = kernel
    self.blocks = blocks
    unsafe self.point = unsafe point
    unsafe self.potentials = unsafe potentials
    self.first = first
    least = ceiling
  }

  mutating func run() {
    scan(first)
    visit(group: 0, at: blocks.levels.count - 1)
  }

  /// Looks into the cells of a group that may hold something better, and tightens the group's bound.
  private mutating func visit(group: Int, at level: Int) {
    let cells = blocks.levels[level]
    let bounds = unsafe loadSixteen(cells.least + group * 16)
    if level + 1 < blocks.levels.count {
      unsafe blocks.levels[level + 1].least[group] = bounds.least
    }
    let (low, high) = (SIMD8<Double>(bounds.lowHalf), SIMD8<Double>(bounds.highHalf))
    visit(low + boxCosts(cells, group, 0), from: group * 16, at: level)
    visit(high + boxCosts(cells, group, 8), from: group * 16 + 8, at: level)
  }

  @inline(__always)
  private mutating func visit(_ bounds: SIMD8<Double>, from cell: Int, at level: Int) {
    guard bounds.least < least else { return }
    for lane in 0..<8 where bounds[lane] < least {
      if level > 0 {
        visit(group: cell + lane, at: level - 1)
      } else if cell + lane != first {
        scan(cell + lane)
      }
    }
  }

  /// The costs to the nearest points of eight boxes.
  @inline(__always)
  private func boxCosts(_ cells: PointBlocks.Level, _ group: Int, _ half: Int) -> SIMD8<Double> {
    var sum = SIMD8<Double>.zero
    var ends = unsafe cells.boxes + (group * blocks.dimension * 32 + half)
    for axis in 0..<blocks.dimension {
      let x = unsafe SIMD8(repeating: point[axis])
      let (lower, upper) = unsafe (loadEight(ends), loadEight(ends + 16))
      sum = kernel.fold(sum, (lower - x).orGreater(x - upper).orGreater(.zero))
      unsafe ends += 32
    }
    return kernel.finish(sum)
  }

  /// Reads a block and makes its bound tight.
  private mutating func scan(_ block: Int) {
    let places = unsafe potentials + block * 16
    let (low, high) = unsafe (loadEight(places), loadEight(places + 8))
    unsafe blocks.levels[0].least[block] = PointBlocks.bound(low.orLess(high).least)
    take(low + pointCosts(block, 0), from: block * 16)
    take(high + pointCosts(block, 8), from: block * 16 + 8)
  }

  @inline(__always)
  private mutating func take(_ values: SIMD8<Double>, from place: Int) {
    let best = values.least
    guard best < least else { return }
    least = best
    for lane in 0..<8 where values[lane] == best {
      target = place + lane
      return
    }
  }

  @inline(__always)
  private func pointCosts(_ block: Int, _ half: Int) -> SIMD8<Double> {
    let sum = sum(block, half, scale: 1)
    let isSmall = sum .< SIMD8(repeating: kernel.leastSafeSum)
    guard kernel.leastSafeSum > 0, any(isSmall) else { return kernel.finish(sum) }
    // Squares that underflow are done again, enlarged.
    let small = kernel.finish(self.sum(block, half, scale: 0x1p500)) * 0x1p-500
    return kernel.finish(sum).replacing(with: small, where: isSmall)
  }

  @inline(__always)
  private func sum(_ block: Int, _ half: Int, scale: Double) -> SIMD8<Double> {
    var sum = SIMD8<Double>.zero
    var places = unsafe blocks.coordinates + (block * blocks.dimension * 16 + half)
    for axis in 0..<blocks.dimension {
      let x = unsafe SIMD8(repeating: point[axis])
      sum = kernel.fold(sum, unsafe (x - loadEight(places)) * scale)
      unsafe places += 16
    }
    return sum
  }
}
