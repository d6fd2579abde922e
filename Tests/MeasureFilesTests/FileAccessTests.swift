import Foundation
import Measures
import Testing

@testable import MeasureFiles

/// Which paths can be read and written, and which kind of error each brings.
struct FileAccessTests {
  private func error(reading path: String) throws -> MeasureFileError {
    try failure { () throws(MeasureFileError) in _ = try MeasureReading().measure(at: path) }
  }

  @Test func missingFile() throws {
    let error = try error(reading: "/no/such/p.csv")
    #expect(error.kind == .noSuchFile)
    #expect(error.description == "/no/such/p.csv: there is no such file; check the path")
    // That it is missing is said before anything about its name.
    #expect(try self.error(reading: "/no/such/p").kind == .noSuchFile)
  }

  @Test func directory() throws {
    let folder = try TemporaryFolder()
    let error = try error(reading: folder.path)
    #expect(error.kind == .badData)
    #expect(error.what == "is a directory")
  }

  @Test func unsupportedEnding() throws {
    let folder = try TemporaryFolder()
    let error = try error(reading: folder.file("p.xls", "1"))
    #expect(error.kind == .unsupportedFormat)
    #expect(error.what == "files that end in .xls are not supported here")
    #expect(error.fix == "use one of .csv .tsv .txt .json .npy .npz .png .pbm .pgm .ppm .pnm")
    let bare = try self.error(reading: folder.file("measure", "1"))
    #expect(bare.what == "the name has no ending that says what the file holds")
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may read everything"))
  func unreadableFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("p.csv", "1\n")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    let error = try error(reading: path)
    #expect(error.kind == .badData)
    #expect(error.what == "cannot be read: Permission denied")
  }

  @Test func writingInto() throws {
    let folder = try TemporaryFolder()
    let measure = Measure.histogram(try Histogram([1]))
    for path in ["/no/such/p.csv", folder.path + "/p.csv/"] {
      let error = try failure { () throws(MeasureFileError) in try measure.write(to: path) }
      #expect(error.kind == .cannotWrite)
      #expect(error.fix == "check the folder, its permissions and the space left")
    }
    let wrong = try failure { () throws(MeasureFileError) in try measure.write(to: "p.png") }
    #expect(wrong.kind == .unsupportedFormat)
  }

  /// A file that is replaced keeps its permissions; a link stays one; nothing else is left behind.
  @Test func replacing() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("p.csv", "old")
    let link = folder.path + "/link.csv"
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    try Measure.histogram(Histogram([1, 0.5])).write(to: link)
    #expect(String(decoding: try folder.bytes(path), as: UTF8.self) == "mass\n1\n0.5\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try folder.names() == ["link.csv", "p.csv"])
  }

  /// Where writing fails half way, what stood there stays and nothing is left beside it.
  @Test func failingHalfWay() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("p.csv", "old")
    let error = try failure { () throws(MeasureFileError) in
      try OutputFile.write(to: path) { sink throws(FileDescriptorHandle.Failure) in
        try sink.append("new")
        try sink.finish()
        throw FileDescriptorHandle.Failure(code: ENOSPC)
      }
    }
    #expect(error.kind == .cannotWrite)
    #expect(error.what == "cannot be written: No space left on device")
    #expect(try folder.bytes(path) == Array("old".utf8))
    #expect(try folder.names() == ["p.csv"])
  }

  /// A device takes the bytes as it stands, and one that is full says so.
  @Test func devices() throws {
    let folder = try TemporaryFolder()
    let measure = Measure.histogram(try Histogram([1]))
    for (device, isFull) in [("/dev/null", false), ("/dev/full", true)]
    where FileManager.default.fileExists(atPath: device) {
      let link = folder.path + "/device.csv"
      try? FileManager.default.removeItem(atPath: link)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: device)
      guard isFull else {
        try measure.write(to: link)
        continue
      }
      let error = try failure { () throws(MeasureFileError) in try measure.write(to: link) }
      #expect(error.kind == .cannotWrite)
    }
  }
}
