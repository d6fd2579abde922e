import ArgumentParser
import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What Ctrl-C does: it cancels the task at work, so that what it has by then is printed; without one it
/// ends the process.
///
/// Made first thing in a command, so that no moment is left in which Ctrl-C would be lost. The signal's
/// handler only writes a byte to a pipe, which is all that a handler may do; a thread waits at the other
/// end. (A dispatch source for an ignored signal loses it on Linux while the main thread does not block
/// it.)
struct Interruption {
  private let action = PendingAction()

  init() {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return }
    let readingEnd = ends[0]
    interruptionPipe.store(ends[1], ordering: .sequentiallyConsistent)
    DispatchQueue.global().async { [action] in
      Self.unblock()
      while Self.waitForByte(at: readingEnd) { action.run() }
    }
    _ = signal(SIGINT) { _ in
      var byte: UInt8 = 0
      _ = unsafe write(interruptionPipe.load(ordering: .sequentiallyConsistent), &byte, 1)
    }
  }

  /// Lets this thread take the signal, also where the process was started with it blocked.
  private static func unblock() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func waitForByte(at end: Int32) -> Bool {
    var byte: UInt8 = 0
    while true {
      let count = unsafe read(end, &byte, 1)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }

  /// The value of a task, which Ctrl-C cancels.
  func cancelling<Success: Sendable>(
    _ task: Task<Success, any Error>
  ) async throws -> Success {
    action.set { task.cancel() }
    defer { action.set(nil) }
    return try await task.value
  }

  /// The result of work during which Ctrl-C does something of its own.
  func replacing<Success: Sendable>(
    by interrupt: @escaping @Sendable () -> Void, during work: () async throws -> Success
  ) async rethrows -> Success {
    action.set(interrupt)
    defer { action.set(nil) }
    return try await work()
  }
}

/// The end of the pipe that the signal's handler writes to.
private let interruptionPipe = Atomic<Int32>(-1)

/// What Ctrl-C is to do at the moment.
private final class PendingAction: Sendable {
  private let action = Mutex<(@Sendable () -> Void)?>(nil)

  func set(_ newAction: (@Sendable () -> Void)?) { action.withLock { $0 = newAction } }

  func run() {
    guard let action = action.withLock({ $0 }) else { exit(ExitCode.interrupted.rawValue) }
    action()
  }
}
