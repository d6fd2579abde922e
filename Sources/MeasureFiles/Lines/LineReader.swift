/// The lines of standard input, one after the other, in memory that does not grow with their number.
///
/// A line ends at a line feed, a carriage return before it belongs to the end; the last line needs no end.
/// What has come is handed out before more is waited for, so that a program at the other end may wait for the
/// answer to one line before it writes the next.
public struct LineReader: ~Copyable {
  /// A line as it came.
  public enum Line: Sendable {
    /// The bytes of the line, without its end.
    case text([UInt8])
    /// A line of more bytes than are taken; it was passed over.
    case tooLong(byteCount: Int)
  }

  /// The most bytes that a line may have.
  public let longestLine: Int
  /// The number of the line that was handed out last, counted from 1.
  public private(set) var number = 0

  private let file: FileDescriptorHandle
  private var buffer: [UInt8] = []
  /// Where the next line starts in the buffer.
  private var start = 0
  /// How far the buffer was searched for the end of that line.
  private var searched = 0
  private var isAtEnd = false

  private static let chunk = 1 << 16

  /// The lines of standard input.
  ///
  /// - Parameter longestLine: The most bytes that a line may have, at least 1.
  /// - Throws: `MeasureFileError` where standard input cannot be read.
  public init(longestLine: Int) throws(MeasureFileError) {
    precondition(longestLine >= 1, "a line must be allowed to have a byte")
    self.longestLine = longestLine
    do {
      file = try FileDescriptorHandle(reading: "-")
    } catch {
      throw Self.unreadable(error)
    }
  }

  /// The next line, empty or not, or nil at the end.
  ///
  /// - Returns: The line; its number is `number` afterwards.
  /// - Throws: `MeasureFileError` where standard input cannot be read.
  /// - Complexity: O(bytes of the line).
  public mutating func next() throws(MeasureFileError) -> Line? {
    var passedOver = 0
    while true {
      if let end = buffer[searched...].firstIndex(of: Byte.lineFeed) {
        let line = buffer[start..<end]
        start = end + 1
        searched = start
        return handOut(line, behind: passedOver)
      }
      searched = buffer.count
      if isAtEnd {
        let line = buffer[start...]
        start = buffer.count
        guard !line.isEmpty || passedOver > 0 else { return nil }
        return handOut(line, behind: passedOver)
      }
      if passedOver > 0 || buffer.count - start > longestLine + 1 {
        passedOver += buffer.count - start
        start = buffer.count
      }
      try fill()
    }
  }

  private mutating func handOut(_ line: ArraySlice<UInt8>, behind passedOver: Int) -> Line {
    number += 1
    let text = line.last == Byte.carriageReturn ? line.dropLast() : line
    let count = passedOver + text.count
    return count > longestLine ? .tooLong(byteCount: count) : .text(Array(text))
  }

  /// Waits for more bytes; what was handed out leaves the buffer.
  private mutating func fill() throws(MeasureFileError) {
    buffer.removeFirst(start)
    start = 0
    searched = buffer.count
    do {
      let part = try file.read(atMost: Self.chunk)
      isAtEnd = part.isEmpty
      buffer.append(contentsOf: part)
    } catch {
      throw Self.unreadable(error)
    }
    // A long line is not remembered by an empty buffer of its size.
    if buffer.count <= Self.chunk, buffer.capacity > 8 * Self.chunk { buffer = Array(buffer[...]) }
  }

  private static func unreadable(_ failure: FileDescriptorHandle.Failure) -> MeasureFileError {
    MeasureFileError(
      .badData, path: "-", what: "cannot be read: \(failure.text)",
      fix: "check what it is connected to")
  }
}
