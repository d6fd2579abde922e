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
/// Made first thing in a command, so that no moment is left in which Ctrl-C would be lost.
struct Interruption {
  private let action = PendingAction()
  private let source: any DispatchSourceSignal

  init() {
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [action] in action.run() }
    source.resume()
    signal(SIGINT, SIG_IGN)
  }

  /// The value of a task, which Ctrl-C cancels.
  func cancelling<Success: Sendable>(
    _ task: Task<Success, any Error>
  ) async throws -> Success {
    action.set { task.cancel() }
    // The source must outlive the wait: without it Ctrl-C would be ignored.
    defer { withExtendedLifetime(source) { action.set(nil) } }
    return try await task.value
  }
}

/// What Ctrl-C is to do at the moment.
private final class PendingAction: Sendable {
  private let action = Mutex<(@Sendable () -> Void)?>(nil)

  func set(_ newAction: (@Sendable () -> Void)?) { action.withLock { $0 = newAction } }

  func run() {
    guard let action = action.withLock({ $0 }) else { exit(ExitCode.interrupted.rawValue) }
    action()
  }
}
