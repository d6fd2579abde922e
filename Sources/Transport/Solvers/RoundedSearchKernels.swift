/// One search for about the least cost + π from a point, in single precision.
///
/// Blocks and groups are read sixteen at a time. Bounds that are raised on the way hold for the exact
/// search too.
@safe struct RoundedSearch<Kernel: GroundKernel> {
  private let kernel: Kernel
  private let blocks: PointBlocks
  private let point: UnsafePointer<Float>
  private let potentials: UnsafePointer<Float>
  private let first: Int
  private(set) var least: Float
  private(set) var target = -1

  init(
    kernel: Kernel, blocks: PointBlocks, point: UnsafePointer<Float>,
    potentials: UnsafePointer<Float>, first: Int, below ceiling: Float
  ) {
    self.kernel = kernel
    self.blocks = blocks
    unsafe self.point = unsafe point
    unsafe self.potentials = unsafe potentials
    self.first = first
    least = ceiling
  }

  @inline(__always)
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
    let least = bounds + boxCosts(cells, group)
    var lanes = LaneSet(least .< self.least)
    while let lane = lanes.popFirst() {
      guard least[lane] < self.least else { continue }
      let cell = group * 16 + lane
      if level > 0 {
        visit(group: cell, at: level - 1)
      } else if cell != first {
        scan(cell)
      }
    }
  }

  /// The costs to the nearest points of sixteen boxes.
  @inline(__always)
  private func boxCosts(_ cells: PointBlocks.Level, _ group: Int) -> SIMD16<Float> {
    var sum = SIMD16<Float>.zero
    var ends = unsafe cells.rounded + group * blocks.dimension * 32
    for axis in 0..<blocks.dimension {
      let x = unsafe SIMD16(repeating: point[axis])
      let (lower, upper) = unsafe (loadSixteen(ends), loadSixteen(ends + 16))
      sum = kernel.fold(sum, (lower - x).orGreater(x - upper).orGreater(.zero))
      unsafe ends += 32
    }
    return kernel.finish(sum)
  }

  /// Reads a block and tightens its bound.
  @inline(__always)
  private mutating func scan(_ block: Int) {
    let shifts = unsafe loadSixteen(potentials + block * 16)
    unsafe blocks.levels[0].least[block] = PointBlocks.bound(nearest: shifts.least)
    var sum = SIMD16<Float>.zero
    var places = unsafe blocks.rounded + block * blocks.dimension * 16
    for axis in 0..<blocks.dimension {
      sum = kernel.fold(sum, unsafe SIMD16(repeating: point[axis]) - loadSixteen(places))
      unsafe places += 16
    }
    let values = shifts + kernel.finish(sum)
    let best = values.least
    guard best < least else { return }
    least = best
    var lanes = LaneSet(values .== best)
    if let lane = lanes.popFirst() { target = block * 16 + lane }
  }
}
