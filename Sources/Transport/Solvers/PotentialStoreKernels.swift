/// Potentials in memory of their own, with a margin behind that no search can prefer, so that blocks may
/// be read past the end.
@safe final class PotentialStore<Cost: SimplexCost> {
  let count: Int
  let start: UnsafeMutablePointer<Cost>

  /// How many places stand behind the last potential.
  private static var margin: Int { 16 }

  init(repeating value: Cost, count: Int) {
    self.count = count
    unsafe start = .allocate(capacity: count + Self.margin)
    unsafe start.initialize(repeating: value, count: count)
    unsafe (start + count).initialize(repeating: Cost.forbidden, count: Self.margin)
  }

  deinit { unsafe start.deallocate() }

  subscript(index: Int) -> Cost {
    get {
      precondition(index >= 0 && index < count, "no such potential")
      return unsafe start[index]
    }
    set {
      precondition(index >= 0 && index < count, "no such potential")
      unsafe start[index] = newValue
    }
  }

  /// The potentials from an index on; valid as long as the store is.
  func row(from index: Int) -> PotentialRow<Cost> {
    precondition(index >= 0 && index <= count, "no such potential")
    return unsafe PotentialRow(start: start + index, count: count - index)
  }
}

/// A view of consecutive potentials, at the end of a store.
@safe struct PotentialRow<Cost: SimplexCost> {
  let start: UnsafeMutablePointer<Cost>
  let count: Int

  subscript(index: Int) -> Cost {
    precondition(index >= 0 && index < count, "no such potential")
    return unsafe start[index]
  }
}
