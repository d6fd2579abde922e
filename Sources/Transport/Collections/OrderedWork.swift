import Synchronization

/// Numbered pieces of work, done by several workers and handed over in order.
///
/// Each worker has memory of its own, made by `makeWorker` within its task. A result is handed over
/// as soon as those before it have been, one at a time.
struct OrderedWork<Worker, Product: Sendable>: Sendable {
  let makeWorker: @Sendable () throws -> Worker
  let product: @Sendable (Worker, Int) throws -> Product
  let deliver: @Sendable (Int, Product) throws -> Void

  /// Does all pieces.
  ///
  /// - Throws: `CancellationError` where the task is cancelled, and what a piece or `deliver` throws; what
  ///   was handed over by then is the beginning of it all, without a gap.
  func run(count: Int, workers: Int) async throws {
    let queue = DeliveryQueue(deliver)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<max(1, min(workers, count)) {
        group.addTask {
          let worker = try makeWorker()
          while true {
            try Task.checkCancellation()
            let piece = queue.take()
            guard piece < count else { return }
            try queue.put(try product(worker, piece), at: piece)
          }
        }
      }
      // The first error cancels the others.
      try await group.waitForAll()
    }
  }
}

/// Results that wait for those before them.
private final class DeliveryQueue<Product: Sendable>: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: Product] = [:]
  }

  private let deliver: @Sendable (Int, Product) throws -> Void
  private let state = Mutex(State())
  private let taken = Atomic<Int>(0)

  init(_ deliver: @escaping @Sendable (Int, Product) throws -> Void) { self.deliver = deliver }

  /// The next piece that nobody has taken.
  func take() -> Int { taken.add(1, ordering: .relaxed).oldValue }

  func put(_ product: Product, at piece: Int) throws {
    try state.withLock { state in
      state.waiting[piece] = product
      while let product = state.waiting.removeValue(forKey: state.next) {
        try deliver(state.next, product)
        state.next += 1
      }
    }
  }
}
