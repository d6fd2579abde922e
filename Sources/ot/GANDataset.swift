import ArgumentParser
import Critics
import MeasureFiles

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
    ("circle", .circle(radius: 1)),
    ("gaussian", .gaussian(dimension: 2)),
  ]

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
    let cloud = try MeasureReading(layout: layout).measure(from: argument).pointCloud
    return withoutReplacement ? .measureWithoutReplacement(cloud) : .measure(cloud)
  }
}
