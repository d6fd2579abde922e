import ArgumentParser
import MeasureFiles
import Measures
import Reports
import Synchronization
import Transport

/// `ot pairwise`: the distances of many measures, or the nearest neighbours of each.
struct PairwiseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairwise",
    abstract: "The exact distances of many measures: all pairs, one against all, or nearest.",
    discussion: """
      Every pair is computed once, certified, and written as soon as those before it are. The file \
      of --output is the same, byte for byte, whatever the number of threads and however often \
      the work was broken off and gone on with by --resume.

      EXAMPLES:
        ot pairwise .1,.2,.7 .3,.3,.4 .5,.5,0
        ot pairwise --collection Examples/data/iris.csv --columns sepal_length,petal_length --mass normalize --against 1,2
        ot pairwise Examples/data/camera-gray-levels.csv Examples/data/astronaut-gray-levels.csv --mass normalize --nearest 1
        ot pairwise 1,2,3 3,2,1 2,2,2 --metric sqeuclidean --output distances.npy
      """)

  @OptionGroup var arguments: CollectionArguments

  @Option(
    help: """
      Measures to hold against all others: literal masses, a file, or rows like the collection's.
      """)
  var against: String?

  @Option(help: "Find the K nearest neighbours of each measure instead of all distances.")
  var nearest: Int?

  @Option(help: "Write to a file that grows while the work goes on: .csv, .jsonl or .npy.")
  var output: String?

  @Flag(help: "Go on with what the file of --output holds.")
  var resume = false

  @Option(help: "Do part K of N, such as 3/8; ot merge puts the parts together.")
  var shard: ShardOption?

  @Option(help: "How many threads work; the answer is the same.")
  var threads = 1

  @Flag(help: "Print JSON, one object to a line.")
  var json = false

  func validate() throws {
    if let nearest, nearest < 1 {
      throw ValidationError("--nearest is \(nearest); it must be at least 1")
    }
    guard threads >= 1 else {
      throw ValidationError("--threads is \(threads); it must be at least 1")
    }
    if resume, output == nil { throw ValidationError("--resume goes with --output") }
    guard let output else { return }
    guard let format = DistanceRecords.Format.of(output) else {
      throw ValidationError("--output is \(output); it must end in .csv, .jsonl or .npy")
    }
    if shard != nil, format == .npy {
      throw ValidationError("parts are .csv or .jsonl files; ot merge makes one .npy of them")
    }
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      let (before, measures) = try arguments.read(before: against)
      let collection = try arguments.collection(of: before + measures)
      if nearest != nil, collection.count < 2 {
        throw ValidationError("there is one measure, and it has no neighbours")
      }
      let work = self.work(before.count, collection)
      let all = DistanceRecords(
        work: work, format: output.flatMap(DistanceRecords.Format.of) ?? (json ? .jsonl : .csv))
      let part =
        shard.map {
          PairList.places(ofPart: $0.part, of: $0.parts, count: all.count)
        } ?? 0..<all.count
      let run = PairwiseRun(
        collection: collection, records: all, part: part, threads: threads,
        file: try output.map {
          DistanceFile($0, all, fingerprint: try fingerprint(before + measures))
        })
      let summary = try await run.run(resume: resume, interruption)
      try finish(summary)
    }
  }

  private func work(_ before: Int, _ collection: MeasureCollection) -> DistanceRecords.Work {
    let all = 0..<collection.count
    let (sources, targets) = before == 0 ? (all, all) : (0..<before, before..<collection.count)
    if let nearest {
      let most = before == 0 ? max(1, collection.count - 1) : targets.count
      return .neighbours(
        queries: sources, count: min(nearest, most), candidateOffset: targets.lowerBound)
    }
    return .pairs(
      before == 0 ? collection.pairs : .between(sources, targets), sourceOffset: 0,
      targetOffset: targets.lowerBound)
  }

  private func fingerprint(_ measures: [Measure]) throws -> String {
    var fingerprint = Fingerprint()
    for measure in measures { fingerprint.add(measure) }
    let costs = arguments.costs
    for file in [costs.cost, arguments.bins].compactMap({ $0 }) {
      for byte in try PlainFile.bytes(at: file) { fingerprint.add(UInt64(byte)) }
    }
    let kind = nearest.map { "nearest \($0)" } ?? "pairs"
    let words = [
      "ot pairwise", kind, against == nil ? "all" : "against", costs.name,
      "order \(costs.order ?? 1)", arguments.reading.mass.rawValue,
      shard.map { "shard \($0.part)/\($0.parts)" } ?? "whole",
    ]
    for word in words { fingerprint.add(word) }
    return words.joined(separator: ", ") + ", measures \(fingerprint.text)\n"
  }

  private func finish(_ summary: PairwiseSummary) throws {
    if output != nil {
      try StandardOutput.print(json ? summary.json.text : summary.text)
    } else if summary.isNeighbours {
      try StandardOutput.print(json ? summary.json.text : "# \(summary.text)")
    }
    guard summary.wasInterrupted else { return }
    StandardError.write(
      output == nil
        ? "stopped after \(summary.done) of \(summary.total)\n"
        : "stopped after \(summary.done) of \(summary.total); go on with the same command and --resume\n"
    )
    throw ExitCode.interrupted
  }
}

/// A part of the work, as `3/8`.
struct ShardOption: ExpressibleByArgument {
  let part: Int
  let parts: Int

  init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let part = numbers[0], let parts = numbers[1], parts >= 1,
      (1...parts).contains(part)
    else { return nil }
    (self.part, self.parts) = (part, parts)
  }
}
