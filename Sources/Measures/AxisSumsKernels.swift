/// Sums over the axes of what the differences between a point and many others are folded into.
///
/// Eight points are taken at a time, all axes of them before the next eight, so that sums stay in
/// registers. Unsafe pointers live in this file alone: the bounds are checked once per row.
struct AxisSums {
  /// The coordinates of the point.
  let point: ArraySlice<Double>
  /// The coordinates of the others, axis by axis.
  let axes: [Double]

  /// Writes the sum for each of the others.
  ///
  /// - Parameters:
  ///   - row: Room for one number for each of the others.
  ///   - fold: Takes the differences of one axis into the sums.
  ///   - finish: What to make of the sums.
  /// - Returns: Whether every sum is within 2⁻⁹⁶⁰ to 2¹⁰⁰⁰, where no square has lost digits.
  @inline(__always)
  func write(
    into row: inout [Double], fold: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>,
    finish: (SIMD8<Double>) -> SIMD8<Double>
  ) -> Bool {
    let count = row.count
    precondition(axes.count == point.count * count, "one coordinate per axis and point")
    var (least, most) = (
      SIMD8<Double>(repeating: .infinity), SIMD8<Double>(repeating: -.infinity)
    )
    unsafe point.withUnsafeBufferPointer { point in
      unsafe axes.withUnsafeBufferPointer { axes in
        unsafe row.withUnsafeMutableBytes { row in
          var start = 0
          while start < count {
            var sum = SIMD8<Double>.zero
            let isWhole = start + 8 <= count
            for axis in 0..<point.count {
              let place = axis * count + start
              let others =
                isWhole
                ? unsafe UnsafeRawBufferPointer(axes).loadUnaligned(
                  fromByteOffset: place * 8, as: SIMD8<Double>.self)
                : unsafe Self.rest(of: axes, from: place, count: count - start)
              sum = fold(sum, unsafe SIMD8(repeating: point[axis]) - others)
            }
            least = least.orLess(sum)
            most = most.orGreater(sum)
            let result = finish(sum)
            if isWhole {
              unsafe row.storeBytes(of: result, toByteOffset: start * 8, as: SIMD8<Double>.self)
            } else {
              for lane in 0..<count - start {
                unsafe row.storeBytes(
                  of: result[lane], toByteOffset: (start + lane) * 8, as: Double.self)
              }
            }
            start += 8
          }
        }
      }
    }
    return least.min() > 0x1p-960 && most.max() < 0x1p1000
  }

  /// The last few coordinates of an axis, the last one repeated.
  private static func rest(
    of axes: UnsafeBufferPointer<Double>, from place: Int, count: Int
  ) -> SIMD8<Double> {
    var others = SIMD8<Double>.zero
    for lane in 0..<8 { others[lane] = unsafe axes[place + min(lane, count - 1)] }
    return others
  }
}

extension SIMD8<Double> {
  @inline(__always)
  var magnitudes: Self { replacing(with: -self, where: self .< 0) }

  @inline(__always)
  func orLess(_ other: Self) -> Self { replacing(with: other, where: other .< self) }

  @inline(__always)
  func orGreater(_ other: Self) -> Self { replacing(with: other, where: other .> self) }
}
