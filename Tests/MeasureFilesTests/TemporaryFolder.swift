import Foundation
import MeasureFiles
import Testing

/// A folder of its own for each test, removed with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "measure-files-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Makes a file and tells its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Makes a text file and tells its path.
  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Array(text.utf8))
  }

  /// The bytes of a file.
  func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The names of the files in the folder.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// Reads a measure from text in a file of that name.
func measure(
  _ text: String, as name: String = "p.csv", _ reading: MeasureReading = MeasureReading()
) throws -> Measure {
  let folder = try TemporaryFolder()
  return try reading.measure(at: folder.file(name, text))
}

/// The error that reading brings, its path cut down to the name of the file.
func message(
  _ text: String, as name: String = "p.csv", _ reading: MeasureReading = MeasureReading()
) throws -> String {
  try message(Array(text.utf8), as: name, reading)
}

/// The error that reading bytes brings, its path cut down to the name of the file.
func message(
  _ bytes: [UInt8], as name: String, _ reading: MeasureReading = MeasureReading()
) throws -> String {
  let folder = try TemporaryFolder()
  let path = try folder.file(name, bytes)
  return try failure { () throws(MeasureFileError) in _ = try reading.measure(at: path) }
    .description.replacingOccurrences(of: folder.path + "/", with: "")
}

/// The error that the body throws.
func failure(_ body: () throws(MeasureFileError) -> Void) throws -> MeasureFileError {
  do {
    try body()
  } catch {
    return error
  }
  throw NoError()
}

/// Nothing was thrown where an error was expected.
struct NoError: Error {}
