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
        level.masses.append(below.masses[part])
        level.parts.append((Int32(truncatingIfNeeded: part), -1))
        for other in 0..<dimension {
          level.centres.append(below.centres[part * dimension + other])
          newIndices.append(indices[part * dimension + other])
        }
      } else {
        Self.add(part, of: below, to: Int(boxes[place]), of: &level, dimension)
      }
    }
    indices = newIndices
    levels.append(level)
  }

  private static func add(
    _ part: Int, of below: Level, to box: Int, of level: inout Level, _ dimension: Int
  ) {
    let (own, other) = (level.masses[box].nearestDouble, below.masses[part].nearestDouble)
    let share = other / (own + other)
    for axis in 0..<dimension {
      let centre = level.centres[box * dimension + axis]
      level.centres[box * dimension + axis] +=
        share * (below.centres[part * dimension + axis] - centre)
    }
    level.masses[box] += below.masses[part]
    level.parts[box].1 = Int32(truncatingIfNeeded: part)
  }
}
