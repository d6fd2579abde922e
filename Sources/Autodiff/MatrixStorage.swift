import Synchronization

/// The entries of a matrix, shared by its copies until one of them is changed.
///
/// A training step makes and drops the same large arrays over and over. Given back to the system
/// and asked for again, their pages have to be mapped anew each time, which took a
/// quarter of the time of a step; so a large array that nobody holds any longer is kept for the next
/// matrix of its size.
final class MatrixStorage: @unchecked Sendable {
  // Sendable because it is changed only through a matrix that is its only holder.
  var elements: [Double]

  init(_ elements: [Double]) { self.elements = elements }

  deinit { ArrayPool.shared.give(&elements) }
}

/// Arrays that are out of use, by the number of their entries.
package final class ArrayPool: Sendable {
  package static let shared = ArrayPool()

  private struct Contents {
    var arrays: [Int: [[Double]]] = [:]
    var entryCount = 0
  }

  private let contents = Mutex(Contents())

  /// Smaller arrays are left to the system's allocator, which is as fast with them.
  static let leastCount = 1024

  /// The most entries that are kept: 128 MiB.
  package static let greatestTotal = 1 << 24

  /// The entries that are kept at present.
  package var entryCount: Int { contents.withLock { $0.entryCount } }

  /// An array of so many entries, all of them arbitrary; nil if there is none.
  func take(count: Int) -> [Double]? {
    guard count >= Self.leastCount else { return nil }
    return contents.withLock { contents in
      guard let array = contents.arrays[count]?.popLast() else {
        // Much is kept, but not what is wanted: sizes of a training that is over.
        if contents.entryCount > Self.greatestTotal / 2 { contents = Contents() }
        return nil
      }
      contents.entryCount -= count
      return array
    }
  }

  /// Takes an array out of its owner's hands.
  ///
  /// Should somebody else hold it too, it is copied when it is written to, as arrays are.
  func give(_ array: inout [Double]) {
    let count = array.count
    guard count >= Self.leastCount, count <= Self.greatestTotal / 4 else { return }
    var given: [Double] = []
    swap(&given, &array)
    contents.withLock { [given] contents in
      guard contents.entryCount + count <= Self.greatestTotal else { return }
      contents.arrays[count, default: []].append(given)
      contents.entryCount += count
    }
  }
}
