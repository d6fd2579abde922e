/// A file that grows at its end, and can be gone on with after the program was killed.
///
/// What was appended is the system's as soon as the call returns: it survives the end of the process,
/// however it comes, though not that of the machine.
public final class GrowingFile {
  /// Where the file stands.
  public let path: String
  /// The number of bytes.
  public private(set) var size: Int
  private let file: FileDescriptorHandle

  /// Opens a file, and makes it where there is none.
  ///
  /// - Parameters:
  ///   - path: Where the file stands.
  ///   - isNew: Whether what it holds is thrown away.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  public init(_ path: String, isNew: Bool) throws(MeasureFileError) {
    self.path = path
    do {
      file = try FileDescriptorHandle(growing: path, isNew: isNew)
      size = try file.size()
    } catch {
      throw Self.failure(path, error)
    }
  }

  /// Writes bytes behind the end.
  ///
  /// - Parameter bytes: What to append.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  public func append(_ bytes: [UInt8]) throws(MeasureFileError) {
    do { try file.write(bytes) } catch { throw Self.failure(path, error) }
    size += bytes.count
  }

  /// Cuts off what stands behind so many bytes.
  ///
  /// - Parameter count: How many bytes stay, at most `size`.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  public func truncate(to count: Int) throws(MeasureFileError) {
    precondition(count <= size, "a file is not made longer")
    do { try file.truncate(to: count) } catch { throw Self.failure(path, error) }
    size = count
  }

  /// Bytes of the file.
  ///
  /// - Parameters:
  ///   - offset: Where they start.
  ///   - count: How many there are; fewer are returned at the end.
  /// - Returns: The bytes.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  public func bytes(at offset: Int, count: Int) throws(MeasureFileError) -> [UInt8] {
    do {
      return try file.read(at: offset, count: count)
    } catch {
      throw Self.failure(path, error)
    }
  }

  /// The end of the last line that is whole, of at most so many lines, and how many there are.
  ///
  /// - Parameter most: How many lines are counted at most.
  /// - Returns: The number of lines, and of the bytes that they take.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  /// - Complexity: O(bytes), in flat memory.
  public func wholeLines(atMost most: Int = .max) throws(MeasureFileError) -> (
    lines: Int, bytes: Int
  ) {
    var (lines, end, offset) = (0, 0, 0)
    while offset < size, lines < most {
      let part = try bytes(at: offset, count: 1 << 20)
      guard !part.isEmpty else { break }
      for (place, byte) in part.enumerated() where byte == 0x0A && lines < most {
        lines += 1
        end = offset + place + 1
      }
      offset += part.count
    }
    return (lines, end)
  }

  /// Whether something stands at a path.
  public static func exists(at path: String) -> Bool {
    FileDescriptorHandle.target(of: path) != .missing
  }

  /// Removes a file, if it is there.
  public static func remove(_ path: String) { FileDescriptorHandle.remove(path) }

  private static func failure(
    _ path: String, _ failure: FileDescriptorHandle.Failure
  ) -> MeasureFileError {
    MeasureFileError(
      .cannotWrite, path: path, what: "cannot be written: \(failure.text)",
      fix: "check the folder, its permissions and the space left")
  }
}

/// The bytes of arrays in NPY format.
public enum NPYBytes {
  /// The header of an array of little-endian doubles in row-major order.
  ///
  /// - Parameter shape: The number of entries along each axis.
  /// - Returns: A multiple of 64 bytes.
  public static func header(shape: [Int]) -> [UInt8] { NPYHeader.bytes(shape: shape) }

  /// Doubles, the lowest byte of each first.
  ///
  /// - Parameter values: The entries.
  /// - Returns: Eight bytes for each.
  public static func entries(_ values: [Double]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * values.count)
    for value in values {
      var pattern = value.bitPattern
      for _ in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: pattern))
        pattern >>= 8
      }
    }
    return bytes
  }

  /// The doubles of such bytes.
  ///
  /// - Parameter bytes: Eight bytes for each, the lowest first.
  /// - Returns: The entries.
  public static func doubles(_ bytes: [UInt8]) -> [Double] {
    stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
      Double(
        bitPattern: bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
  }
}
