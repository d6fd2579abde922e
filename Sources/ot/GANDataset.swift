import ArgumentParser
import Critics
import MeasureFiles
import Measures

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What `ot gan` can be trained on: a toy law by name, or the points of a file.
enum GANDataset {
  /// The laws by name, as their papers have them.
  static let laws: [(name: String, law: PointLaw)] = [
    ("ring", .gaussianRing(modes: 8, radius: 2, deviation: 0.02)),
    (
      "grid",
      .gaussianGrid(
        side: 5, spacing: 2 / 8.0.squareRoot(), deviation: 0.05 / 8.0.squareRoot())
    ),
    ("swiss-roll", .swissRoll(deviation: 0.25, scale: 7.5)),
    ("spirals", .spirals(arms: 2, deviation: 0.02)),
    ("parallel-lines", .parallelLines(distance: 1)),
    ("min-funnel", .minFunnel(MinFunnel(funnels: 4, dimension: 2))),
    ("circle", .circle(radius: 1)),
    ("gaussian", .gaussian(dimension: 2)),
  ]

  /// Throws for a word that is neither a law nor a file, with the law that was meant.
  private static func checkExistence(of argument: String) throws {
    let looksLikeAName = argument.allSatisfy { $0.isLetter || $0 == "-" } && argument != "-"
    guard looksLikeAName, unsafe access(argument, F_OK) != 0 else { return }
    throw ValidationError(
      "\(argument) is no law (\(names)) and no file; did you mean \(nearest(to: argument))?")
  }

  /// The law whose name shares the most pairs of neighbouring letters with a word, for its length.
  private static func nearest(to word: String) -> String {
    func pairs(_ text: String) -> Set<String> {
      let letters = Array("^" + text)
      return Set(zip(letters, letters.dropFirst()).map { "\($0)\($1)" })
    }
    func likeness(_ name: String) -> Double {
      let (a, b) = (pairs(word), pairs(name))
      return Double(a.intersection(b).count) / Double(max(1, a.union(b).count))
    }
    return laws.map(\.name).max { likeness($0) < likeness($1) } ?? "ring"
  }

  static var names: String { laws.map(\.name).joined(separator: ", ") }

  /// The data of a name or a file.
  static func data(
    _ argument: String, layout: TableLayout?, withoutReplacement: Bool
  ) throws -> AdversarialData {
    if let law = laws.first(where: { $0.name == argument })?.law {
      guard !withoutReplacement else {
        throw ValidationError(
          "--without-replacement needs a file; \(argument) is a law, drawn from anew each step")
      }
      return .law(law)
    }
    try checkExistence(of: argument)
    let cloud = try MeasureReading(layout: layout).measure(from: argument).pointCloud
    return withoutReplacement ? .measureWithoutReplacement(cloud) : .measure(cloud)
  }
}
