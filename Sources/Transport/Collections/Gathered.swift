import Synchronization

/// Values that are handed over one after the other from several tasks.
final class Gathered<Value: Sendable>: Sendable {
  private let storage = Mutex<[Value]>([])

  /// Takes more values, and says how many there are.
  @discardableResult
  func append(_ values: [Value]) -> Int {
    storage.withLock {
      $0.append(contentsOf: values)
      return $0.count
    }
  }

  var values: [Value] { storage.withLock { $0 } }
}
