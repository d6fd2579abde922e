import ArgumentParser
import MeasureFiles
import Reports
import Transport

/// A file that distances are appended to as they are found, and that is gone on with after a kill.
///
/// While it is unfinished, a file of the same name with `.job` behind it says what work it is the beginning
/// of. Records that are whole stay; what was cut off in the middle is written again, so that the file is
/// the same, byte for byte, however often the work was broken off.
///
/// One task at a time uses it: `RecordSink` sees to that with its lock.
final class DistanceFile: @unchecked Sendable {
  private let path: String
  private let records: DistanceRecords
  private let job: String
  private var file: GrowingFile?
  /// The distances of the row of a square array that is not whole yet.
  private var row: [Double] = []
  private var rowCount = 0

  /// A file of that path for a piece of work, which `fingerprint` tells from others.
  init(_ path: String, _ records: DistanceRecords, fingerprint: String) {
    self.path = path
    self.records = records
    job = fingerprint
  }

  private var jobPath: String { path + ".job" }
  private var headerSize: Int { records.header.count }

  /// Opens the file, and says how many records of the part it has already.
  ///
  /// - Parameters:
  ///   - count: How many records the part has.
  ///   - resume: Whether what is there is gone on with.
  /// - Returns: The number of records that need not be made again.
  /// - Throws: `ValidationError` where the file is other work, `MeasureFileError` where it cannot be written.
  func open(count: Int, resume: Bool) throws -> Int {
    if resume, GrowingFile.exists(at: path) { return try reopen(count) }
    guard resume || !GrowingFile.exists(at: jobPath) else {
      throw ValidationError(
        "\(path) is unfinished work; go on with --resume, or remove \(path) and \(jobPath)")
    }
    GrowingFile.remove(path)
    try PlainFile.write(text: job, to: jobPath)
    let file = try GrowingFile(path, isNew: true)
    try file.append(records.header)
    self.file = file
    return 0
  }

  private func reopen(_ count: Int) throws -> Int {
    let isUnfinished = GrowingFile.exists(at: jobPath)
    if isUnfinished {
      guard try PlainFile.bytes(at: jobPath) == Array(job.utf8) else {
        throw ValidationError(
          "\(path) is the beginning of other work: other measures, options or shard; "
            + "give it another name")
      }
    }
    let file = try GrowingFile(path, isNew: false)
    self.file = file
    let (done, size) = try wholeRecords(file)
    // What no unfinished work left behind is never cut off.
    guard isUnfinished || (done == count && size == file.size) else {
      throw ValidationError("\(path) is no unfinished work of ot pairwise; give it another name")
    }
    try file.truncate(to: size)
    if size == 0 { try file.append(records.header) }
    return done
  }

  /// The number of records that are whole, and of the bytes that they and the header take.
  private func wholeRecords(_ file: GrowingFile) throws -> (count: Int, bytes: Int) {
    guard try file.bytes(at: 0, count: headerSize) == records.header else { return (0, 0) }
    switch (records.format, records.work) {
    case (.npy, .neighbours(_, let neighbours, _)):
      let size = 16 * neighbours
      let done = (file.size - headerSize) / size
      return (done, headerSize + done * size)
    case (.npy, .pairs(let list, _, _)):
      let size = 8 * list.targets.count
      rowCount = (file.size - headerSize) / size
      return (list.firstPlace(ofWholeRows: rowCount), headerSize + rowCount * size)
    case (.csv, _), (.jsonl, _):
      let headerLines = records.format == .csv ? 1 : 0
      let lines = records.linesPerRecord
      let found = try file.wholeLines().lines - headerLines
      let done = found / lines
      return (done, try file.wholeLines(atMost: headerLines + done * lines).bytes)
    }
  }

  /// Appends the distances of a block.
  func append(_ block: DistanceBlock) throws {
    guard records.format == .npy, case .pairs(let list, _, _) = records.work else {
      try file?.append(Array(records.text(block).utf8))
      return
    }
    for distance in block.distances {
      row.append(distance)
      if row.count == list.length(ofRow: rowCount) { try appendRow(list) }
    }
  }

  /// Appends the neighbours of a query.
  func append(_ list: NeighbourList) throws { try file?.append(records.bytes(list)) }

  /// Ends the file: it is whole.
  func finish() throws {
    if records.format == .npy, case .pairs(let list, _, _) = records.work, list.isTriangle {
      while rowCount < list.sources.count { try appendRow(list) }
    }
    GrowingFile.remove(jobPath)
  }

  /// Appends a row; in a symmetric matrix what is left of the diagonal stands in the rows above.
  private func appendRow(_ list: PairList) throws {
    guard let file else { return }
    var bytes: [UInt8] = []
    if list.isTriangle {
      let width = 8 * list.targets.count
      for above in 0..<rowCount {
        bytes += try file.bytes(at: headerSize + above * width + 8 * rowCount, count: 8)
      }
      bytes += NPYBytes.entries([0])
    }
    try file.append(bytes + NPYBytes.entries(row))
    row.removeAll(keepingCapacity: true)
    rowCount += 1
  }
}

extension PairList {
  /// How many pairs stand in a row.
  func length(ofRow row: Int) -> Int { isTriangle ? targets.count - row - 1 : targets.count }

  /// How many pairs stand in so many rows from the first.
  func firstPlace(ofWholeRows rows: Int) -> Int {
    isTriangle
      ? Swift.min(count, rows * (2 * sources.count - rows - 1) / 2) : rows * targets.count
  }
}
