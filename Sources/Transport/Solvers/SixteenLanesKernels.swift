/// Sixteen floats from memory.
@inline(__always)
func loadSixteen(_ place: UnsafePointer<Float>) -> SIMD16<Float> {
  unsafe UnsafeRawPointer(place).loadUnaligned(as: SIMD16<Float>.self)
}

extension SIMD16<Float> {
  /// The lesser of two, lane by lane.
  @inline(__always)
  func orLess(_ other: Self) -> Self { replacing(with: other, where: other .< self) }

  /// The greater of two, lane by lane.
  @inline(__always)
  func orGreater(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

  /// The least lane.
  @inline(__always)
  var least: Float { lowHalf.replacing(with: highHalf, where: highHalf .< lowHalf).least }
}

extension SIMD8<Float> {
  /// The least lane.
  @inline(__always)
  var least: Float {
    let four = lowHalf.replacing(with: highHalf, where: highHalf .< lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .< four.lowHalf)
    return two.x < two.y ? two.x : two.y
  }
}

/// The lanes of a mask that are set, from the first to the last.
struct LaneSet {
  private var low: UInt64
  private var high: UInt64

  @inline(__always)
  init(_ mask: SIMDMask<SIMD16<Int32>>) {
    let wide = SIMD16<Int32>.zero.replacing(with: -1, where: mask)
    let bytes = SIMD16<Int8>(truncatingIfNeeded: wide)
    let words = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    (low, high) = (words[0], words[1])
  }

  @inline(__always)
  mutating func popFirst() -> Int? {
    if low != 0 {
      let place = low.trailingZeroBitCount
      low &= ~(0xFF << UInt64(place))
      return place / 8
    }
    guard high != 0 else { return nil }
    let place = high.trailingZeroBitCount
    high &= ~(0xFF << UInt64(place))
    return 8 + place / 8
  }
}
