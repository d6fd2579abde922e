/// Points in an order in which every 2, 4, 8, … in a row lie in a box of their own.
struct PairedPoints {
  /// The index of each point of the order.
  let indices: [Int]
  let cells: PixelCells

  init(_ masses: [Int128], _ points: [Double], _ dimension: Int) {
    let order = BlockOrder(coordinates: points, dimension: dimension, fanOut: 2).indices
    indices = order
    cells = PixelCells(
      masses: order.map { masses[$0] },
      points: order.flatMap { index in (0..<dimension).map { points[index * dimension + $0] } },
      dimension: dimension)
  }

  /// Values in the order, by the points' own indices.
  func unordered(_ values: [Double]) -> [Double] {
    var result = values
    for (place, index) in indices.enumerated() { result[index] = values[place] }
    return result
  }
}

/// Boxes in block order.
struct OrderedBoxes {
  /// The index of each box of the order.
  let indices: [Int]
  /// The place of each box in the order.
  let place: [Int32]
  let masses: [Int128]
  let centres: [Double]

  init(_ level: PixelCells.Level, _ dimension: Int) {
    let order = BlockOrder(coordinates: level.centres, dimension: dimension).indices
    indices = order
    var place = [Int32](repeating: 0, count: order.count)
    var centres: [Double] = []
    centres.reserveCapacity(level.centres.count)
    for (position, index) in order.enumerated() {
      place[index] = Int32(truncatingIfNeeded: position)
      for axis in 0..<dimension { centres.append(level.centres[index * dimension + axis]) }
    }
    self.place = place
    self.centres = centres
    masses = order.map { level.masses[$0] }
  }

  /// Values in the order, by the boxes' own indices.
  func unordered(_ values: [Double]) -> [Double] { place.map { values[Int($0)] } }
}
