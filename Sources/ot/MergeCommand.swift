import ArgumentParser
import MeasureFiles
import Reports
import Transport

/// `ot merge`: puts the parts of `ot pairwise --shard` together.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Puts the parts of ot pairwise --shard together.",
    discussion: """
      The parts are named in order, 1/N first. Lines must go on from part to part without a gap; the \
      result is what ot pairwise writes without --shard, byte for byte. Name all of them: of --against \
      and --nearest a last part that starts with a new row or query is not missed.

      EXAMPLES:
        ot pairwise 1,2,3 3,2,1 2,2,2 --shard 1/2 --output part-1.csv
        ot pairwise 1,2,3 3,2,1 2,2,2 --shard 2/2 --output part-2.csv
        ot merge part-1.csv part-2.csv --output distances.csv
        ot merge part-1.csv part-2.csv --output distances.npy
      """)

  @Argument(help: "The parts, in order.")
  var parts: [String]

  @Option(help: "Where the whole goes: .csv or .jsonl like the parts, or .npy.")
  var output: String

  func validate() throws {
    guard let format = DistanceRecords.Format.of(output) else {
      throw ValidationError("--output is \(output); it must end in .csv, .jsonl or .npy")
    }
    for part in parts {
      guard let found = DistanceRecords.Format.of(part), found != .npy else {
        throw ValidationError("\(part) is no part; parts end in .csv or .jsonl")
      }
      guard format == .npy || format == found else {
        throw ValidationError("\(part) does not end like \(output)")
      }
    }
  }

  func run() async throws {
    try await reportingFailures {
      var merging = ShardMerging()
      for part in parts { try merging.take(part) }
      try merging.finish()
      if DistanceRecords.Format.of(output) == .npy {
        try PlainFile.write(try merging.array(), to: output)
      } else {
        try PlainFile.write(merging.bytes, to: output)
      }
      try StandardOutput.print("\(merging.count) lines of \(parts.count) parts")
    }
  }
}

/// The lines of parts, checked to follow each other.
struct ShardMerging {
  /// All lines, with one header.
  private(set) var bytes: [UInt8] = []
  /// How many lines there are besides the header.
  private(set) var count = 0
  private var header: [UInt8]?
  /// Source and target of each line, or query and rank.
  private var places: [(first: Int, second: Int)] = []
  private var distances: [Double] = []
  private var isNeighbours = false

  /// Takes the lines of a part.
  mutating func take(_ path: String) throws {
    guard !GrowingFile.exists(at: path + ".job") else {
      throw ValidationError("\(path) is unfinished; end it with ot pairwise … --resume")
    }
    let part = try PlainFile.bytes(at: path)
    guard part.last == 0x0A || part.isEmpty else {
      throw ValidationError("\(path) ends within a line; make it again")
    }
    let isTable = DistanceRecords.Format.of(path) == .csv
    var number = 0
    for line in part.split(separator: 0x0A) {
      number += 1
      let text = String(decoding: line, as: UTF8.self)
      if isTable, number == 1 {
        try takeHeader(text, path)
        continue
      }
      guard let record = isTable ? Self.row(text) : Self.object(text, &isNeighbours) else {
        throw ValidationError("\(path):\(number): is no line of ot pairwise")
      }
      guard follows(record.places) else {
        throw ValidationError(
          "\(path):\(number): does not follow the line before; name all parts, in order")
      }
      places.append(record.places)
      distances.append(record.distance)
      count += 1
      bytes += line + [0x0A]
    }
  }

  private mutating func takeHeader(_ text: String, _ path: String) throws {
    let names = ["source,target,distance", "query,rank,neighbour,distance"]
    guard names.contains(text) else {
      throw ValidationError("\(path):1: is no header of ot pairwise")
    }
    isNeighbours = text == names[1]
    let line = Array(text.utf8) + [0x0A]
    guard header == nil || header == line else {
      throw ValidationError("\(path): holds other columns than the parts before")
    }
    if header == nil { bytes = line + bytes }
    header = line
  }

  /// Whether a pair comes next: in the row, or at the start of the next row.
  private func follows(_ next: (first: Int, second: Int)) -> Bool {
    guard let last = places.last, let start = places.first else {
      return next.first == 0 && (next.second <= 1)
    }
    if next.first == last.first { return next.second == last.second + 1 }
    guard next.first == last.first + 1 else { return false }
    return isTriangle ? next.second == next.first + 1 : next.second == start.second
  }

  /// Whether the lines are those of a symmetric matrix, (0, 1) first.
  private var isTriangle: Bool { !isNeighbours && places.first.map { $0.second == 1 } ?? false }

  /// Checks that nothing is missing at the end, as far as lines tell: not where a last row or query is whole.
  func finish() throws {
    guard let last = places.last else { return }
    guard isTriangle else {
      let columns = (places.map(\.second).max() ?? 0) + 1
      guard isNeighbours || last.second == columns - 1 else {
        throw ValidationError("the last row is not whole; name all parts")
      }
      return
    }
    let measures = (places.firstIndex { $0.first == 1 } ?? places.count) + 1
    guard last.first == measures - 2, last.second == measures - 1 else {
      throw ValidationError("the last part is missing: there are \(measures) measures")
    }
  }

  /// The matrix in NPY format.
  func array() throws -> [UInt8] {
    guard !isNeighbours else {
      throw ValidationError("neighbours of parts are merged to .csv or .jsonl")
    }
    guard let last = places.last else { throw ValidationError("the parts hold no distance") }
    let rows = last.first + (isTriangle ? 2 : 1)
    let columns = isTriangle ? rows : (places.map(\.second).max() ?? 0) + 1
    var entries = [Double](repeating: 0, count: rows * columns)
    for (place, distance) in zip(places, distances) {
      entries[place.first * columns + place.second] = distance
      if isTriangle { entries[place.second * columns + place.first] = distance }
    }
    return NPYBytes.header(shape: [rows, columns]) + NPYBytes.entries(entries)
  }

  /// `source,target,distance` or `query,rank,neighbour,distance`.
  private static func row(
    _ text: String
  ) -> (places: (first: Int, second: Int), distance: Double)? {
    let cells = text.split(separator: ",", omittingEmptySubsequences: false)
    guard cells.count == 3 || cells.count == 4, let first = Int(cells[0]),
      let second = Int(cells[1]), let distance = Double(cells[cells.count - 1])
    else { return nil }
    return ((first, second), distance)
  }

  /// A pair as a JSON object, or a query with its neighbours, of which the place alone is taken.
  private static func object(
    _ text: String, _ isNeighbours: inout Bool
  ) -> (places: (first: Int, second: Int), distance: Double)? {
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
    if words.first == "query", words.count > 1, text.hasSuffix("]}"), let query = Int(words[1]) {
      isNeighbours = true
      return ((query, 1), 0)
    }
    guard words.count == 6, words[0] == "source", words[2] == "target", words[4] == "distance",
      let first = Int(words[1]), let second = Int(words[3]), let distance = Double(words[5])
    else { return nil }
    return ((first, second), distance)
  }
}
