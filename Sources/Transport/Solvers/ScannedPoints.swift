/// Points in many dimensions, where boxes exclude little: rows of rounded costs are scanned.
///
/// No cost is kept in full precision. An exact search computes anew those that the rounded row cannot
/// tell from the least, with a bound on what rounding can do.
struct ScannedPoints<Kernel: GroundKernel>: ArcGeometry {
  let sourceCount: Int
  let targetCount: Int
  private let points: KernelPoints<Kernel>
  private var scan: RoundedScan
  /// By how much a rounded cost can be wrong.
  private let costError: Float

  static var heedsFalls: Bool { false }

  /// A geometry of points scaled to a width of at most one, row-major.
  init(sources: [Double], targets: [Double], dimension: Int, kernel: Kernel) {
    points = KernelPoints(
      sources: sources, targets: targets, dimension: dimension, kernel: kernel)
    (sourceCount, targetCount) = (sources.count / dimension, targets.count / dimension)
    let origin = points.lowestTargetCorner
    let rounded = sources.indices.map { Float(sources[$0] - origin[$0 % dimension]) }
    let matrix = RoundedMatrix(
      from: rounded, to: Self.axes(targets, from: origin), columns: targetCount,
      dimension: dimension, under: kernel)
    scan = RoundedScan(matrix, sourceCount: sourceCount)
    costError = Self.costError(kernel, dimension)
  }

  /// Three roundings of differences, one for each axis and a few at the end, each of at most 2⁻²⁴ of the
  /// largest cost; a square doubles them, and twice that is taken.
  private static func costError(_ kernel: Kernel, _ dimension: Int) -> Float {
    var sum = SIMD16<Float>.zero
    for _ in 0..<dimension { sum = kernel.fold(sum, SIMD16(repeating: 1)) }
    return Float(4 * (dimension + 16)) * 0x1p-24 * kernel.finish(sum)[0]
  }

  /// Coordinates axis by axis, each filled up to a multiple of sixteen.
  private static func axes(_ points: [Double], from origin: [Double]) -> [Float] {
    let count = points.count / origin.count
    let width = (count + 15) / 16 * 16
    var axes = [Float](repeating: 0, count: width * origin.count)
    for axis in origin.indices {
      for place in 0..<count {
        axes[axis * width + place] = Float(points[place * origin.count + axis] - origin[axis])
      }
    }
    return axes
  }

  /// The least cost of each target, which g can be at first: a tenth fewer pivots than with g = 0.
  var startHint: StartHint<Double>? {
    StartHint(targetPotentials: scan.matrix.columnMinima.map { -Double($0) }, arcs: [])
  }

  var quickSearches: Int { scan.searchCount }
  var firstSearch: Int { scan.firstSearch }

  mutating func nearlyCheapest(
    from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    let target = scan.matrix.leastSum(source, potentials, below: ceiling.rounded).target
    guard target >= 0 else { return (ceiling, -1) }
    return (cost(source, target) + potentials[target], target)
  }

  @inline(__always)
  func cost(_ source: Int, _ target: Int) -> Double { points.cost(source, target) }

  @inline(__always)
  mutating func quickly(
    _ search: Int, from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    let target = scan.leastSum(search, source, potentials, below: ceiling)
    guard target >= 0 else { return (ceiling, -1) }
    return (cost(source, target) + potentials[target], target)
  }

  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    let error = 2 * (costError + 0x1p-22 * potentials.largestRounded)
    let least = scan.matrix.leastSum(source, potentials, below: ceiling.rounded + error).value
    var best = (value: ceiling, target: -1)
    scan.matrix.visit(source, potentials, upTo: least + error) { target in
      let value = cost(source, target) + potentials[target]
      if value < best.value { best = (value, target) }
    }
    return best
  }

  mutating func reset(to potentials: PotentialRow<Double>) {}
  mutating func targetFell(_ target: Int, to potential: Double) {}
}
