import MeasureFiles
import Reports
import Transport

/// What a file of distances holds, record by record: the distances of pairs or the neighbours of queries.
struct DistanceRecords {
  /// How the records are written.
  enum Format: String, CaseIterable {
    case csv, jsonl, npy

    /// The format of a path.
    static func of(_ path: String) -> Format? {
      path.split(separator: "/").last?.split(separator: ".").dropFirst().last
        .flatMap { Format(rawValue: $0.lowercased()) }
    }
  }

  /// What is computed.
  enum Work {
    /// The distances of pairs.
    case pairs(PairList, sourceOffset: Int, targetOffset: Int)
    /// The neighbours of queries, so many of each.
    case neighbours(queries: Range<Int>, count: Int, candidateOffset: Int)
  }

  let work: Work
  let format: Format

  /// The number of records there are in all.
  var count: Int {
    switch work {
    case .pairs(let list, _, _): list.count
    case .neighbours(let queries, _, _): queries.count
    }
  }

  /// The lines of a record of text.
  var linesPerRecord: Int {
    if case .neighbours(_, let count, _) = work, format == .csv { return count }
    return 1
  }

  /// What stands before the first record.
  var header: [UInt8] {
    switch (format, work) {
    case (.jsonl, _): return []
    case (.csv, .pairs): return Array("source,target,distance\n".utf8)
    case (.csv, .neighbours): return Array("query,rank,neighbour,distance\n".utf8)
    case (.npy, .neighbours(let queries, let count, _)):
      return NPYBytes.header(shape: [queries.count, count, 2])
    case (.npy, .pairs(let list, _, _)):
      return NPYBytes.header(shape: [list.sources.count, list.targets.count])
    }
  }

  /// The records of a block of distances as text.
  func text(_ block: DistanceBlock) -> String {
    guard case .pairs(let list, let sourceOffset, let targetOffset) = work else { return "" }
    var text = ""
    for (place, distance) in zip(block.places, block.distances) {
      let pair = list[place]
      text += line(pair.source - sourceOffset, pair.target - targetOffset, distance)
    }
    return text
  }

  /// The record of one pair.
  func line(_ source: Int, _ target: Int, _ distance: Double) -> String {
    let digits = NumberText.shortest(distance)
    return format == .csv
      ? "\(source),\(target),\(digits)\n"
      : "{\"source\":\(source),\"target\":\(target),\"distance\":\(digits)}\n"
  }

  /// The record of a query, in bytes.
  func bytes(_ list: NeighbourList) -> [UInt8] {
    guard case .neighbours(let queries, _, let offset) = work else { return [] }
    let query = list.query - queries.lowerBound
    let found = list.neighbours.map { ($0.index - offset, $0.distance) }
    switch format {
    case .npy: return NPYBytes.entries(found.flatMap { [Double($0.0), $0.1] })
    case .csv:
      return found.enumerated().flatMap { rank, neighbour in
        Array(
          "\(query),\(rank + 1),\(neighbour.0),\(NumberText.shortest(neighbour.1))\n".utf8)
      }
    case .jsonl:
      let neighbours = found.map {
        "{\"index\":\($0.0),\"distance\":\(NumberText.shortest($0.1))}"
      }
      return Array(
        "{\"query\":\(query),\"neighbours\":[\(neighbours.joined(separator: ","))]}\n".utf8)
    }
  }
}
