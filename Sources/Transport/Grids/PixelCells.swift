/// The pixels of one measure that have mass, and ever larger boxes of them: each level joins two boxes
/// along one axis.
///
/// A box has the mass of its pixels and stands at their centre of mass.
struct PixelCells: Sendable {
  /// The boxes of one level.
  struct Level: Sendable {
    /// The mass of each box.
    var masses: [Int128]
    /// The centre of each box, flat.
    var centres: [Double]
    /// The one or two boxes of the level below that a box is made of; the second is −1 if there is one.
    var parts: [(Int32, Int32)]

    var count: Int { masses.count }
  }

  /// The levels, pixels first.
  private(set) var levels: [Level]
  let dimension: Int
  /// The indices of each box of the last level along the axes, flat, and their number along each axis.
  private var indices: [Int32]
  private var shape: [Int]

  /// The pixels of a grid that have mass, in row-major order.
  ///
  /// - Parameters:
  ///   - masses: The mass of each pixel that has any.
  ///   - pixels: Their indices in the grid.
  ///   - shape: The grid's shape.
  ///   - spacing: The distance of neighbours.
  init(masses: [Int128], pixels: [Int], shape: [Int], spacing: [Double]) {
    dimension = shape.count
    self.shape = shape
    indices = []
    indices.reserveCapacity(pixels.count * shape.count)
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    var centres: [Double] = []
    centres.reserveCapacity(pixels.count * shape.count)
    for pixel in pixels {
      for axis in shape.indices {
        let index = pixel / strides[axis] % shape[axis]
        indices.append(Int32(truncatingIfNeeded: index))
        centres.append(Double(index) * spacing[axis])
      }
    }
    levels = [Level(masses: masses, centres: centres, parts: [])]
  }

  /// Points with mass, every two of which in a row lie near each other, and every four, and so on.
  init(masses: [Int128], points: [Double], dimension: Int) {
    self.dimension = dimension
    shape = []
    indices = []
    levels = [Level(masses: masses, centres: points, parts: [])]
  }

  /// Adds a level that joins every two boxes in a row.
  ///
  /// - Complexity: O(boxes of the last level).
  mutating func joinPairs() {
    let below = levels[levels.count - 1]
    var level = Level(masses: [], centres: [], parts: [])
    for part in stride(from: 0, to: below.count, by: 2) {
      level.open(part, of: below, dimension)
      if part + 1 < below.count { level.add(part + 1, of: below, to: level.count - 1, dimension) }
    }
    levels.append(level)
  }

  /// Adds a level of boxes that are twice as long along an axis.
  ///
  /// - Complexity: O(boxes of the last level + places along all axes).
  mutating func join(along axis: Int) {
    let below = levels[levels.count - 1]
    shape[axis] = (shape[axis] + 1) / 2
    var boxes = [Int32](repeating: -1, count: shape.reduce(1, *))
    var level = Level(masses: [], centres: [], parts: [])
    var newIndices: [Int32] = []
    for part in 0..<below.count {
      var place = 0
      for other in 0..<dimension {
        if other == axis { indices[part * dimension + other] >>= 1 }
        place = place * shape[other] + Int(indices[part * dimension + other])
      }
      if boxes[place] < 0 {
        boxes[place] = Int32(truncatingIfNeeded: level.count)
        level.open(part, of: below, dimension)
        for other in 0..<dimension { newIndices.append(indices[part * dimension + other]) }
      } else {
        level.add(part, of: below, to: Int(boxes[place]), dimension)
      }
    }
    indices = newIndices
    levels.append(level)
  }
}

extension PixelCells.Level {
  /// Adds a box that is one box of the level below.
  fileprivate mutating func open(_ part: Int, of below: Self, _ dimension: Int) {
    masses.append(below.masses[part])
    parts.append((Int32(truncatingIfNeeded: part), -1))
    for axis in 0..<dimension { centres.append(below.centres[part * dimension + axis]) }
  }

  /// Adds a second box of the level below to a box.
  fileprivate mutating func add(_ part: Int, of below: Self, to box: Int, _ dimension: Int) {
    let (own, other) = (masses[box].nearestDouble, below.masses[part].nearestDouble)
    let share = other / (own + other)
    for axis in 0..<dimension {
      let centre = centres[box * dimension + axis]
      centres[box * dimension + axis] += share * (below.centres[part * dimension + axis] - centre)
    }
    masses[box] += below.masses[part]
    parts[box].1 = Int32(truncatingIfNeeded: part)
  }
}
