/// Two sets of points and the cost between any two of them, in full precision.
struct KernelPoints<Kernel: GroundKernel> {
  let sources: [Double]
  let targets: [Double]
  let dimension: Int
  let kernel: Kernel

  /// The cost of a pair; squares that underflow are done again, enlarged.
  @inline(__always)
  func cost(_ source: Int, _ target: Int) -> Double {
    let sum = sum(source, target, scale: 1)
    guard sum[0] < kernel.leastSafeSum else { return kernel.finish(sum)[0] }
    return kernel.finish(self.sum(source, target, scale: 0x1p500))[0] * 0x1p-500
  }

  @inline(__always)
  private func sum(_ source: Int, _ target: Int, scale: Double) -> SIMD8<Double> {
    var sum = SIMD8<Double>.zero
    for axis in 0..<dimension {
      let difference = sources[source * dimension + axis] - targets[target * dimension + axis]
      sum = kernel.fold(sum, SIMD8(repeating: difference * scale))
    }
    return sum
  }

  /// The least coordinate of the targets along each axis.
  var lowestTargetCorner: [Double] {
    (0..<dimension).map { axis in
      stride(from: axis, to: targets.count, by: dimension).reduce(.infinity) {
        min($0, targets[$1])
      }
    }
  }
}
