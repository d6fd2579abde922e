/// Sorts doubles by their bits, eight at a time from the lowest: O(n), and stable.
///
/// A double's bits, with all of them turned where it is negative and the sign turned where it is not,
/// are ordered as unsigned integers as the doubles are. Digits that all numbers share are passed over.
/// Where more than five are left, the five highest are sorted by first; as a rule hardly any two numbers
/// share those, and insertion puts them right. If it finds more to do than that, all digits are sorted by.
///
/// - Source: D. E. Knuth, "The Art of Computer Programming", volume 3, section 5.2.5, algorithm R.
enum RadixSort {
  /// Below this many numbers, comparing is faster.
  static let leastCount = 512

  /// The keys of the numbers in ascending order.
  static func sortedKeys(_ values: [Double]) -> [UInt64] {
    var keys = values.map(key)
    if keys.count < leastCount { keys.sort() } else { sort(&keys) { $0 } }
    return keys
  }

  /// The indices of numbers in ascending order, equal ones by index.
  static func order(of values: [Double]) -> [Int] {
    guard values.count >= leastCount else {
      return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }
    var items = values.enumerated().map { KeyedIndex(key: key($1), index: $0) }
    sort(&items) { $0.key }
    return items.map(\.index)
  }

  private struct KeyedIndex {
    let key: UInt64
    let index: Int
  }

  /// Bits that are ordered as the numbers are; 0 and −0 are one number, 0.
  @inline(__always)
  private static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  /// The number of a key.
  @inline(__always)
  static func value(_ key: UInt64) -> Double {
    Double(bitPattern: key ^ (key >> 63 == 1 ? 1 << 63 : .max))
  }

  /// How many digits are sorted by before insertion.
  private static let highDigits = 5

  @inline(__always)
  private static func sort<Item: BitwiseCopyable>(
    _ items: inout [Item], digitsOf key: (Item) -> UInt64
  ) {
    var counts = [Int](repeating: 0, count: 8 * 256)
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      for item in items {
        let bits = key(item)
        for digit in 0..<8 {
          let value = Int(truncatingIfNeeded: (bits &>> UInt64(8 &* digit)) & 0xFF)
          unsafe counts[digit &* 256 &+ value] &+= 1
        }
      }
    }
    let digits = (0..<8).filter { !counts[$0 * 256..<$0 * 256 + 256].contains(items.count) }
    var other = unsafe [Item](unsafeUninitializedCapacity: items.count) { [count = items.count] in
      $1 = count
    }
    for digit in digits.suffix(highDigits) { pass(digit, &items, &other, counts, key) }
    guard digits.count > highDigits, !insert(&items, key) else { return }
    for digit in digits { pass(digit, &items, &other, counts, key) }
  }

  @inline(__always)
  private static func pass<Item: BitwiseCopyable>(
    _ digit: Int, _ items: inout [Item], _ other: inout [Item], _ counts: [Int],
    _ key: (Item) -> UInt64
  ) {
    var starts = Array(counts[digit * 256..<digit * 256 + 256])
    var next = 0
    for value in 0..<256 { (starts[value], next) = (next, next + starts[value]) }
    scatter(items, into: &other, by: UInt64(8 * digit), &starts, key)
    swap(&items, &other)
  }

  /// Sorts by insertion; false, with the items in some order that keeps equal ones as they were, if
  /// that would take more than one step an item.
  @inline(__always)
  private static func insert<Item: BitwiseCopyable>(
    _ items: inout [Item], _ key: (Item) -> UInt64
  ) -> Bool {
    unsafe items.withUnsafeMutableBufferPointer { items in
      var steps = items.count
      for place in 1..<max(1, items.count) {
        let item = unsafe items[place]
        guard unsafe key(items[place - 1]) > key(item) else { continue }
        var hole = place
        while hole > 0, steps > 0, unsafe key(items[hole - 1]) > key(item) {
          unsafe items[hole] = items[hole - 1]
          hole -= 1
          steps -= 1
        }
        unsafe items[hole] = item
        if steps == 0 { return false }
      }
      return true
    }
  }

  @inline(__always)
  private static func scatter<Item: BitwiseCopyable>(
    _ from: [Item], into to: inout [Item], by shift: UInt64, _ starts: inout [Int],
    _ key: (Item) -> UInt64
  ) {
    unsafe starts.withUnsafeMutableBufferPointer { starts in
      unsafe to.withUnsafeMutableBufferPointer { to in
        for item in from {
          let value = Int(truncatingIfNeeded: (key(item) &>> shift) & 0xFF)
          let place = unsafe starts[value]
          unsafe to[place] = item
          unsafe starts[value] = place &+ 1
        }
      }
    }
  }
}
