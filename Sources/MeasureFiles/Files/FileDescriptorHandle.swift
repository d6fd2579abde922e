#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// An open file of the operating system: the only place of this module that talks to it.
///
/// Failures come back as the text of `errno`; who opens a file knows what they mean.
struct FileDescriptorHandle: ~Copyable {
  /// The kind of thing that a path leads to.
  enum Target: Equatable { case missing, directory, regularFile(mode: UInt32), other }

  /// What the operating system says went wrong.
  struct Failure: Error {
    let code: Int32

    /// Something stands at the path already.
    var isInTheWay: Bool { code == EEXIST }

    var text: String { unsafe String(cString: strerror(code)) }
  }

  private let descriptor: Int32
  private let isOwned: Bool

  /// Opens a file for reading; `-` is standard input.
  init(reading path: String) throws(Failure) {
    isOwned = path != "-"
    descriptor = isOwned ? unsafe open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    guard descriptor >= 0 else { throw Failure(code: errno) }
  }

  private init(standard descriptor: Int32) {
    isOwned = false
    self.descriptor = descriptor
  }

  /// Standard output, which stays open.
  static func standardOutput() -> FileDescriptorHandle {
    FileDescriptorHandle(standard: STDOUT_FILENO)
  }

  /// Opens a file for writing, empty; a new one that stands nowhere yet where `isNew`.
  init(writing path: String, isNew: Bool, mode: UInt32) throws(Failure) {
    isOwned = true
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (isNew ? O_EXCL : O_TRUNC)
    descriptor = unsafe open(path, flags, mode_t(mode))
    guard descriptor >= 0 else { throw Failure(code: errno) }
  }

  /// Opens a file for writing at its end and for reading; empty where `isNew`.
  init(growing path: String, isNew: Bool) throws(Failure) {
    isOwned = true
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND | (isNew ? O_TRUNC : 0)
    descriptor = unsafe open(path, flags, mode_t(0o666))
    guard descriptor >= 0 else { throw Failure(code: errno) }
  }

  deinit {
    if isOwned { _ = close(descriptor) }
  }

  /// Reads everything up to the end.
  func readToEnd() throws(Failure) -> [UInt8] {
    var status = stat()
    let hasSize = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    var bytes: [UInt8] = []
    var chunk = hasSize ? Int(status.st_size) + 1 : 1 << 16
    while true {
      let part = try read(atMost: chunk)
      if part.isEmpty { return bytes }
      if bytes.isEmpty { bytes = part } else { bytes.append(contentsOf: part) }
      chunk = 1 << 16
    }
  }

  /// Reads what there is, or waits for it; empty at the end.
  func read(atMost count: Int) throws(Failure) -> [UInt8] {
    var code: Int32 = 0
    let part = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var got = -1
      repeat {
        got = unsafe systemRead(descriptor, buffer.baseAddress, count)
      } while got < 0 && (errno == EINTR || Self.becomesReady(descriptor, for: POLLIN))
      if got < 0 { code = errno }
      initialized = max(got, 0)
    }
    guard code == 0 else { throw Failure(code: code) }
    return part
  }

  /// The number of bytes in the file.
  func size() throws(Failure) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Failure(code: errno) }
    return Int(status.st_size)
  }

  /// Cuts off what stands behind so many bytes.
  func truncate(to count: Int) throws(Failure) {
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw Failure(code: errno) }
  }

  /// Bytes from a place on; fewer at the end.
  func read(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
    var code: Int32 = 0
    let part = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let got = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + initialized }, count - initialized,
          off_t(offset + initialized))
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        guard got > 0 else { return }
        initialized += got
      }
    }
    guard code == 0 else { throw Failure(code: code) }
    return part
  }

  /// Waits where a call failed only because the other end set the file not to be waited for.
  private static func becomesReady(_ descriptor: Int32, for event: Int32) -> Bool {
    guard errno == EAGAIN || errno == EWOULDBLOCK else { return false }
    var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    while unsafe poll(&request, 1, -1) < 0 && errno == EINTR {}
    return true
  }

  /// Writes all the bytes.
  func write(_ bytes: [UInt8]) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let step = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(
          descriptor, buffer.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if step < 0, errno != EINTR, !Self.becomesReady(descriptor, for: POLLOUT) {
        throw Failure(code: errno)
      }
      written += max(step, 0)
    }
  }
}

extension FileDescriptorHandle {
  /// What stands at a path, links followed.
  static func target(of path: String) -> Target {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .missing }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .regularFile(mode: UInt32(status.st_mode & 0o777))
    default: return .other
    }
  }

  /// The path without links, or the path itself where that cannot be told.
  static func withoutLinks(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Puts a file in the place of another, all at once.
  static func move(_ path: String, to destination: String) throws(Failure) {
    guard unsafe rename(path, destination) == 0 else { throw Failure(code: errno) }
  }

  /// Removes a file, if it is there.
  static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }
}

/// `read` of the operating system, whose name a method above takes.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
  -> Int
{
  #if canImport(Darwin)
  unsafe Darwin.read(descriptor, buffer, count)
  #elseif canImport(Musl)
  unsafe Musl.read(descriptor, buffer, count)
  #else
  unsafe Glibc.read(descriptor, buffer, count)
  #endif
}

/// `write` of the operating system, whose name a method above takes.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  #if canImport(Darwin)
  unsafe Darwin.write(descriptor, buffer, count)
  #elseif canImport(Musl)
  unsafe Musl.write(descriptor, buffer, count)
  #else
  unsafe Glibc.write(descriptor, buffer, count)
  #endif
}
