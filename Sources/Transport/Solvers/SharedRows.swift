import Dispatch
import Synchronization

/// Rows that are shared out to threads, with the same answer, bit for bit, for any number of them.
///
/// Rows are cut into parts whose borders do not depend on the number of threads. Threads take the parts
/// one after the other; what each part gives is handed back in the order of the rows.
package struct SharedRows {
  /// How many rows there are.
  package let count: Int
  /// How many threads may work, this one included.
  package let threads: Int

  private static let mostParts = 32

  /// Rows for so many threads.
  package init(_ count: Int, threads: Int) {
    self.count = count
    self.threads = threads
  }

  /// What each part gives, in the order of the rows.
  ///
  /// - Parameter body: Called once for each part, on any of the threads.
  /// - Returns: One value for each part.
  package func map<Part: Sendable>(_ body: @Sendable (Range<Int>) -> Part) -> [Part] {
    let parts = ranges
    guard threads > 1, parts.count > 1 else { return parts.map(body) }
    let next = Mutex(0)
    let found = Mutex([Part?](repeating: nil, count: parts.count))
    DispatchQueue.concurrentPerform(iterations: min(threads, parts.count)) { _ in
      while true {
        let part = next.withLock { number in
          defer { number += 1 }
          return number
        }
        guard part < parts.count else { return }
        let value = body(parts[part])
        found.withLock { $0[part] = value }
      }
    }
    return found.withLock { $0.compactMap { $0 } }
  }

  private var ranges: [Range<Int>] {
    let size = max(1, (count + Self.mostParts - 1) / Self.mostParts)
    return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}
