/// Files that are written after the result was printed: one that cannot be written keeps no other back.
struct PendingFiles {
  private var firstError: (any Error)?

  /// Writes a file, or remembers why it could not be written.
  mutating func write(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      if firstError == nil { firstError = error }
    }
  }

  /// Throws what went wrong first, if anything did.
  func finish() throws {
    if let firstError { throw firstError }
  }
}
