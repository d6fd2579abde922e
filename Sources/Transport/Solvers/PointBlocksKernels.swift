/// Points in blocks of 16 with a box and the least potential of each, and groups of 16 blocks above,
/// and so on up to one group.
///
/// The bounds on potentials hold without being tight: one is lowered when a potential in it falls, and
/// raised only when what it bounds is read anyway. They are kept in single precision, rounded down.
/// Coordinates and boxes are there twice, in full and in single precision: quick searches read half as
/// much. Single ones are counted from the lowest corner, so that a common offset costs no digits.
@safe final class PointBlocks {
  let dimension: Int
  let count: Int
  /// For each block and axis, 16 coordinates; places past the end repeat the last point.
  let coordinates: UnsafeMutablePointer<Double>
  /// The same, counted from the lowest corner.
  let rounded: UnsafeMutablePointer<Float>
  /// From the blocks upwards; the last is one group.
  let levels: [Level]

  /// The cells of one level, in groups of 16.
  @safe struct Level {
    let cellCount: Int
    /// For each group and axis, 16 lower and 16 upper ends.
    let boxes: UnsafeMutablePointer<Double>
    /// The same, counted from the lowest corner.
    let rounded: UnsafeMutablePointer<Float>
    /// The bound on the potentials of each cell, ∞ past the end.
    let least: UnsafeMutablePointer<Float>

    var groupCount: Int { (cellCount + 15) / 16 }

    init(cellCount: Int, dimension: Int) {
      self.cellCount = cellCount
      let places = (cellCount + 15) / 16 * 16
      unsafe boxes = .allocate(capacity: places * 2 * dimension)
      unsafe boxes.initialize(repeating: 0, count: places * 2 * dimension)
      unsafe rounded = .allocate(capacity: places * 2 * dimension)
      unsafe rounded.initialize(repeating: 0, count: places * 2 * dimension)
      unsafe least = .allocate(capacity: places)
      unsafe least.initialize(repeating: .infinity, count: places)
    }

    /// Where the lower and upper end of a cell's box along an axis stand.
    func ends(_ cell: Int, axis: Int, dimension: Int) -> (lower: Int, upper: Int) {
      let start = ((cell / 16) * dimension + axis) * 32 + cell % 16
      return (start, start + 16)
    }
  }

  /// Blocks of points given in `BlockOrder`, row-major, and their lowest corner.
  init(_ points: [Double], dimension: Int, origin: [Double]) {
    self.dimension = dimension
    count = points.count / dimension
    precondition(count > 0 && points.count == count * dimension, "blocks need whole points")
    let blockCount = (count + 15) / 16
    unsafe coordinates = .allocate(capacity: blockCount * 16 * dimension)
    unsafe rounded = .allocate(capacity: blockCount * 16 * dimension)
    for place in 0..<blockCount * 16 {
      for axis in 0..<dimension {
        let value = points[min(place, count - 1) * dimension + axis]
        let index = ((place / 16) * dimension + axis) * 16 + place % 16
        unsafe coordinates[index] = value
        unsafe rounded[index] = Float(value - origin[axis])
      }
    }
    var levels: [Level] = []
    var cellCount = blockCount
    while true {
      levels.append(Level(cellCount: cellCount, dimension: dimension))
      if cellCount <= 16 { break }
      cellCount = (cellCount + 15) / 16
    }
    self.levels = levels
    boundBlocks(points)
    for level in 1..<max(1, levels.count) { boundGroups(at: level) }
    roundBoxes(from: origin)
  }

  deinit {
    unsafe coordinates.deallocate()
    unsafe rounded.deallocate()
    for level in levels {
      unsafe level.boxes.deallocate()
      unsafe level.rounded.deallocate()
      unsafe level.least.deallocate()
    }
  }

  private func roundBoxes(from origin: [Double]) {
    for level in levels {
      for cell in 0..<level.cellCount {
        for axis in 0..<dimension {
          let ends = level.ends(cell, axis: axis, dimension: dimension)
          for end in [ends.lower, ends.upper] {
            unsafe level.rounded[end] = Float(level.boxes[end] - origin[axis])
          }
        }
      }
    }
  }

  private func boundBlocks(_ points: [Double]) {
    for block in 0..<levels[0].cellCount {
      for axis in 0..<dimension {
        var (low, high) = (Double.infinity, -Double.infinity)
        for place in block * 16..<min(count, block * 16 + 16) {
          low = min(low, points[place * dimension + axis])
          high = max(high, points[place * dimension + axis])
        }
        let ends = levels[0].ends(block, axis: axis, dimension: dimension)
        unsafe levels[0].boxes[ends.lower] = low
        unsafe levels[0].boxes[ends.upper] = high
      }
    }
  }

  private func boundGroups(at level: Int) {
    let below = levels[level - 1]
    for cell in 0..<levels[level].cellCount {
      for axis in 0..<dimension {
        var (low, high) = (Double.infinity, -Double.infinity)
        for child in cell * 16..<min(below.cellCount, cell * 16 + 16) {
          let ends = below.ends(child, axis: axis, dimension: dimension)
          low = unsafe min(low, below.boxes[ends.lower])
          high = unsafe max(high, below.boxes[ends.upper])
        }
        let ends = levels[level].ends(cell, axis: axis, dimension: dimension)
        unsafe levels[level].boxes[ends.lower] = low
        unsafe levels[level].boxes[ends.upper] = high
      }
    }
  }

  /// Makes every bound tight.
  func reset(to potentials: PotentialRow<Double>) {
    precondition(potentials.count == count, "one potential per point")
    for block in 0..<levels[0].cellCount {
      let start = unsafe potentials.start + block * 16
      unsafe levels[0].least[block] = Self.bound(
        loadEight(start).orLess(loadEight(start + 8)).least)
    }
    for level in 1..<max(1, levels.count) {
      for cell in 0..<levels[level].cellCount {
        let start = unsafe levels[level - 1].least + cell * 16
        unsafe levels[level].least[cell] = loadSixteen(start).least
      }
    }
  }

  /// Lowers the bounds above a point.
  @inline(__always)
  func lower(_ point: Int, to potential: Double) {
    var cell = point
    for level in levels {
      cell >>= 4
      guard unsafe potential < Double(level.least[cell]) else { return }
      unsafe level.least[cell] = Self.bound(potential)
    }
  }

  /// A float that is no more than a number.
  @inline(__always)
  static func bound(_ potential: Double) -> Float { bound(nearest: Float(potential)) }

  /// A float that is no more than any number to which a float is the nearest.
  @inline(__always)
  static func bound(nearest: Float) -> Float {
    nearest < .infinity ? nearest - (abs(nearest) * 0x1p-23 + .leastNormalMagnitude) : nearest
  }
}

/// Eight doubles from memory.
@inline(__always)
func loadEight(_ place: UnsafePointer<Double>) -> SIMD8<Double> {
  unsafe UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Double>.self)
}

extension SIMD8<Double> {
  /// The lesser of two, lane by lane.
  @inline(__always)
  func orLess(_ other: Self) -> Self { replacing(with: other, where: other .< self) }

  /// The greater of two, lane by lane.
  @inline(__always)
  func orGreater(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

  /// The least lane.
  @inline(__always)
  var least: Double {
    let four = lowHalf.replacing(with: highHalf, where: highHalf .< lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .< four.lowHalf)
    return two.x < two.y ? two.x : two.y
  }
}
