import MeasureFiles
import Reports
import Synchronization
import Transport

/// Computes distances or neighbours and hands them to a file or to standard output, in a task that Ctrl-C
/// cancels.
struct PairwiseRun {
  let collection: MeasureCollection
  let records: DistanceRecords
  /// The places of the records that are to be made.
  let part: Range<Int>
  let threads: Int
  let file: DistanceFile?

  func run(resume: Bool, _ interruption: Interruption) async throws -> PairwiseSummary {
    let already = try file?.open(count: part.count, resume: resume) ?? 0
    let places = min(part.upperBound, part.lowerBound + already)..<part.upperBound
    let sink = RecordSink(
      records, file, total: part.count, done: places.lowerBound - part.lowerBound)
    if file == nil { try sink.print(records.header) }
    let (collection, threads, work) = (collection, threads, records.work)
    let task = Task { () async throws -> Void in
      switch work {
      case .pairs(let list, _, _):
        try await collection.pairwiseDistances(list, at: places, workers: threads) {
          try sink.take($0)
        }
      case .neighbours(let queries, let count, let offset):
        let first = queries.lowerBound
        let candidates = offset..<collection.count
        let deliver: @Sendable (NeighbourList) throws -> Void = { try sink.take($0) }
        try await collection.nearestNeighbours(
          count, of: first + places.lowerBound..<first + places.upperBound, among: candidates,
          workers: threads, deliver: deliver)
      }
    }
    var wasInterrupted = false
    do {
      try await interruption.cancelling(task)
    } catch is CancellationError {
      wasInterrupted = true
    }
    return try sink.finish(wasInterrupted: wasInterrupted, resumed: already)
  }
}

/// Where records go, one at a time.
final class RecordSink: Sendable {
  private struct State {
    let file: DistanceFile?
    var done: Int
    var solves = 0
    var candidates = 0
  }

  private let records: DistanceRecords
  private let total: Int
  private let start: Int
  private let line = ProgressLine()
  private let state: Mutex<State>

  init(_ records: DistanceRecords, _ file: DistanceFile?, total: Int, done: Int) {
    self.records = records
    self.total = total
    start = done
    state = Mutex(State(file: file, done: done))
  }

  /// Takes the distances of a block.
  func take(_ block: DistanceBlock) throws {
    try state.withLock { state in
      if let file = state.file {
        try file.append(block)
      } else {
        try print(Array(records.text(block).utf8))
      }
      state.done += block.distances.count
      state.solves += block.distances.count
      state.candidates += block.distances.count
      show(state)
    }
  }

  /// Takes the neighbours of a query.
  func take(_ list: NeighbourList) throws {
    try state.withLock { state in
      if let file = state.file { try file.append(list) } else { try print(records.bytes(list)) }
      state.done += 1
      state.solves += list.solves
      state.candidates += list.candidates
      show(state)
    }
  }

  /// Writes whole lines to standard output.
  func print(_ lines: [UInt8]) throws {
    guard !lines.isEmpty else { return }
    try StandardOutput.print(String(decoding: lines.dropLast(), as: UTF8.self))
  }

  private func show(_ state: State) {
    // The time left is that of what this run still has to do.
    line.show(
      share: total == start ? 1 : Double(state.done - start) / Double(total - start),
      "\(state.done) of \(total)")
  }

  /// Ends the work.
  func finish(wasInterrupted: Bool, resumed: Int) throws -> PairwiseSummary {
    line.clear()
    return try state.withLock { state in
      if !wasInterrupted { try state.file?.finish() }
      var isNeighbours = false
      if case .neighbours = records.work { isNeighbours = true }
      return PairwiseSummary(
        done: state.done, total: total, resumed: resumed, solves: state.solves,
        candidates: state.candidates, isNeighbours: isNeighbours, wasInterrupted: wasInterrupted)
    }
  }
}

/// What a run did.
struct PairwiseSummary {
  let done: Int
  let total: Int
  /// How many records were there before.
  let resumed: Int
  let solves: Int
  let candidates: Int
  let isNeighbours: Bool
  let wasInterrupted: Bool

  private var skippedShare: Double {
    candidates == 0 ? 0 : 1 - Double(solves) / Double(candidates)
  }

  var text: String {
    var parts = ["\(done) of \(total) \(isNeighbours ? "queries" : "distances")"]
    if resumed > 0 { parts.append("\(resumed) of them before") }
    if isNeighbours {
      parts.append("\(solves) of \(candidates) problems solved")
      parts.append("\(NumberText.fixed(100 * skippedShare, decimals: 2)) % skipped")
    }
    return parts.joined(separator: ", ")
  }

  var json: JSONValue {
    var entries: [(key: String, value: JSONValue)] = [
      ("done", .integer(done)), ("total", .integer(total)), ("resumed", .integer(resumed)),
      ("solved", .integer(solves)),
    ]
    if isNeighbours {
      entries.append(("candidates", .integer(candidates)))
      entries.append(("skippedShare", .number(skippedShare)))
    }
    return .object(entries)
  }
}
