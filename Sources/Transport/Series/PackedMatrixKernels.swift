/// The costs between the bins of a pair that have mass, in double and in single precision.
///
/// Rows are filled up to a multiple of eight, so that searches read whole lanes. The memory is made once
/// and filled for each pair. Unsafe pointers live in this file alone: places are checked once per row.
@safe final class PackedMatrix {
  private(set) var rows = 0
  private(set) var columns = 0
  /// How many places a row takes.
  private(set) var stride = 0
  private var sources: [Int32] = []
  private var targets: [Int32] = []
  private let capacity: Int
  /// What stands behind the columns of a row is infinite.
  private let exact: UnsafeMutablePointer<Double>
  /// What stands behind the columns of a row is `unwanted`.
  private let rounded: UnsafeMutablePointer<Float>
  /// Minus the mean of each row, and of each column.
  let rowShifts: UnsafeMutablePointer<Float>
  let columnShifts: UnsafeMutablePointer<Float>

  /// More than any cost + π; not infinite, so that its last bits can be spared.
  static let unwanted: Float = 1e30

  /// Memory for matrices of up to so many rows and columns.
  init(rows: Int, columns: Int) {
    capacity = rows * Self.stride(for: columns)
    unsafe exact = .allocate(capacity: capacity)
    unsafe exact.initialize(repeating: .infinity, count: capacity)
    unsafe rounded = .allocate(capacity: capacity)
    unsafe rounded.initialize(repeating: Self.unwanted, count: capacity)
    unsafe rowShifts = .allocate(capacity: Self.stride(for: rows))
    unsafe rowShifts.initialize(repeating: 0, count: Self.stride(for: rows))
    unsafe columnShifts = .allocate(capacity: Self.stride(for: columns))
    unsafe columnShifts.initialize(repeating: 0, count: Self.stride(for: columns))
  }

  deinit {
    unsafe exact.deallocate()
    unsafe rounded.deallocate()
    unsafe rowShifts.deallocate()
    unsafe columnShifts.deallocate()
  }

  static func stride(for columns: Int) -> Int { (columns + 7) / 8 * 8 }

  /// Takes the costs between some bins from a matrix of all.
  ///
  /// - Parameters:
  ///   - costs: The costs between all bins, row-major, none of them infinite.
  ///   - width: The length of a row of those.
  ///   - sources: The bins that are rows, in ascending order.
  ///   - targets: The bins that are columns, in ascending order.
  /// - Complexity: O(m n) for m rows and n columns; nothing where the bins are those of the time before.
  func fill(
    from costs: [Double], width: Int, sources: [Int32], targets: [Int32]
  ) {
    guard sources != self.sources || targets != self.targets else { return }
    (self.sources, self.targets) = (sources, targets)
    (rows, columns, stride) = (sources.count, targets.count, Self.stride(for: targets.count))
    precondition(
      rows * stride <= capacity && (Int(sources.last ?? 0) + 1) * width <= costs.count
        && Int(targets.last ?? 0) < width, "the bins leave the matrix")
    unsafe costs.withUnsafeBufferPointer { costs in
      unsafe targets.withUnsafeBufferPointer { targets in
        guard let costs = costs.baseAddress, let targets = targets.baseAddress else { return }
        for (row, source) in sources.enumerated() {
          let from = unsafe costs + Int(source) * width
          let (exact, rounded) = unsafe (exact + row * stride, rounded + row * stride)
          for place in 0..<columns {
            let cost = unsafe from[Int(targets[place])]
            unsafe exact[place] = cost
            unsafe rounded[place] = Float(cost)
          }
          for place in columns..<stride {
            unsafe exact[place] = .infinity
            unsafe rounded[place] = Self.unwanted
          }
        }
      }
    }
    takeMeans()
  }

  /// Sums rows and columns, eight columns at a time.
  private func takeMeans() {
    for place in 0..<stride { unsafe columnShifts[place] = 0 }
    let whole = columns / 8 * 8
    for row in 0..<rows {
      let costs = unsafe rounded + row * stride
      var sums = SIMD8<Float>.zero
      for place in Swift.stride(from: 0, to: whole, by: 8) {
        let eight = unsafe Self.load(costs + place)
        sums += eight
        let sum = unsafe Self.load(columnShifts + place) + eight
        unsafe UnsafeMutableRawPointer(columnShifts + place)
          .storeBytes(of: sum, as: SIMD8<Float>.self)
      }
      var sum = sums.sum()
      for place in whole..<columns {
        unsafe sum += costs[place]
        unsafe columnShifts[place] += costs[place]
      }
      unsafe rowShifts[row] = -sum / Float(columns)
    }
    let factor = -1 / Float(rows)
    for place in 0..<columns { unsafe columnShifts[place] *= factor }
  }

  /// The cost of an arc.
  @inline(__always)
  subscript(source: Int, target: Int) -> Double {
    precondition(source >= 0 && source < rows && target >= 0 && target < columns, "no such arc")
    return unsafe exact[source * stride + target]
  }

  /// The least cost + π from a source and its target; where none is below a ceiling, the ceiling and −1.
  @inline(__always)
  func leastSum(
    _ source: Int, _ potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    precondition(source >= 0 && source < rows && potentials.count == columns, "no such row")
    // Potentials have a margin behind them.
    let best = unsafe RowScan.leastSum(
      exact + source * stride, potentials.start, count: stride, below: ceiling)
    return (best.value, best.index)
  }

  /// About the same in single precision, where sums count as equal that differ in their last seven bits.
  ///
  /// Those bits of each sum are its place among 128 columns, so that the least sum tells where it stands.
  @inline(__always)
  func quickLeastSum(
    _ source: Int, _ potentials: PotentialRow<Double>, below ceiling: Float
  ) -> (value: Float, target: Int) {
    precondition(source >= 0 && source < rows && potentials.count == columns, "no such row")
    return unsafe Self.quickLeastSum(
      rounded + source * stride, potentials.rounded, count: stride, below: ceiling)
  }

  /// The least sum of two rows, which are read up to a multiple of eight, and its place.
  @inline(__always)
  static func quickLeastSum(
    _ row: UnsafePointer<Float>, _ shifts: UnsafePointer<Float>, count: Int, below ceiling: Float
  ) -> (value: Float, target: Int) {
    var best = (value: ceiling, target: -1)
    var start = 0
    while start < count {
      let least = unsafe leastKey(row + start, shifts + start, count: min(128, count - start))
      if least < best.value {
        best = (least, start + Int(least.bitPattern & 127))
      }
      start += 128
    }
    return best
  }

  @inline(__always)
  private static func leastKey(
    _ row: UnsafePointer<Float>, _ shifts: UnsafePointer<Float>, count: Int
  ) -> Float {
    var lanes = SIMD8<Float>(repeating: unwanted)
    var places = SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7)
    var j = 0
    while j < count {
      let sums = unsafe load(row + j) + load(shifts + j)
      let bits = unsafe unsafeBitCast(sums, to: SIMD8<UInt32>.self) & ~127 | places
      let keys = unsafe unsafeBitCast(bits, to: SIMD8<Float>.self)
      lanes.replace(with: keys, where: keys .< lanes)
      places &+= 8
      j += 8
    }
    return lanes.least
  }

  @inline(__always)
  private static func load(_ place: UnsafePointer<Float>) -> SIMD8<Float> {
    unsafe UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Float>.self)
  }
}

/// The matrix of the bins that have mass.
///
/// Arcs are looked for in single precision, which takes half as long, and proved in double.
struct PackedGeometry: ArcGeometry {
  let matrix: PackedMatrix

  var sourceCount: Int { matrix.rows }
  var targetCount: Int { matrix.columns }

  static var heedsFalls: Bool { false }

  @inline(__always)
  func cost(_ source: Int, _ target: Int) -> Double { matrix[source, target] }

  @inline(__always)
  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    matrix.leastSum(source, potentials, below: ceiling)
  }

  var quickSearches: Int { 1 }

  @inline(__always)
  mutating func quickly(
    _ search: Int, from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    let target = matrix.quickLeastSum(source, potentials, below: ceiling.rounded).target
    guard target >= 0 else { return (ceiling, -1) }
    return (cost(source, target) + potentials[target], target)
  }

  mutating func reset(to potentials: PotentialRow<Double>) {}
  mutating func targetFell(_ target: Int, to potential: Double) {}
}
