/// Potentials in memory of their own, with a margin behind that no search can prefer, so that blocks may
/// be read past the end; doubles in single precision too, for quick searches.
@safe final class PotentialStore<Cost: SimplexCost> {
  let count: Int
  let start: UnsafeMutablePointer<Cost>
  /// The same in single precision, where the cost has that.
  let rounded: UnsafeMutablePointer<Float>

  /// How many places stand behind the last potential.
  private static var margin: Int { 16 }

  init(repeating value: Cost, count: Int) {
    self.count = count
    unsafe start = .allocate(capacity: count + Self.margin)
    unsafe start.initialize(repeating: value, count: count)
    unsafe (start + count).initialize(repeating: Cost.forbidden, count: Self.margin)
    let places = Cost.hasRounded ? count : 0
    unsafe rounded = .allocate(capacity: places + Self.margin)
    unsafe rounded.initialize(repeating: value.rounded, count: places)
    unsafe (rounded + places).initialize(repeating: .infinity, count: Self.margin)
  }

  deinit {
    unsafe start.deallocate()
    unsafe rounded.deallocate()
  }

  subscript(index: Int) -> Cost {
    get {
      precondition(index >= 0 && index < count, "no such potential")
      return unsafe start[index]
    }
    set {
      precondition(index >= 0 && index < count, "no such potential")
      unsafe start[index] = newValue
      if Cost.hasRounded { unsafe rounded[index] = newValue.rounded }
    }
  }

  /// The first so many potentials; valid as long as the store is.
  func row(upTo end: Int) -> PotentialRow<Cost> {
    precondition(end >= 0 && end <= count, "no such potentials")
    return unsafe PotentialRow(start: start, rounded: rounded, count: end)
  }

  /// The potentials from an index on; valid as long as the store is.
  func row(from index: Int) -> PotentialRow<Cost> {
    precondition(index >= 0 && index <= count, "no such potential")
    let first = Cost.hasRounded ? index : 0
    return unsafe PotentialRow(
      start: start + index, rounded: rounded + first, count: count - index)
  }
}

/// A view of consecutive potentials, at the end of a store.
@safe struct PotentialRow<Cost: SimplexCost> {
  let start: UnsafeMutablePointer<Cost>
  /// The same in single precision, where the cost has that.
  let rounded: UnsafeMutablePointer<Float>
  let count: Int

  /// The largest magnitude of the finite ones in single precision.
  var largestRounded: Float {
    var lanes = SIMD16<Float>.zero
    var place = 0
    while place + 16 <= count {
      let values = unsafe loadSixteen(rounded + place)
      let magnitudes = values.orGreater(-values)
      lanes = lanes.orGreater(magnitudes.replacing(with: 0, where: magnitudes .== .infinity))
      place += 16
    }
    var largest = -(-lanes).least
    while place < count {
      let magnitude = unsafe abs(rounded[place])
      if magnitude < .infinity { largest = max(largest, magnitude) }
      place += 1
    }
    return largest
  }

  subscript(index: Int) -> Cost {
    precondition(index >= 0 && index < count, "no such potential")
    return unsafe start[index]
  }
}
