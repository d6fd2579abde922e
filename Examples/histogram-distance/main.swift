// How far apart are two histograms? Grey levels of two photographs, petals of three flowers.
//
//     swift run histogram-distance [FOLDER]
//
// FOLDER holds the data, Examples/data unless it is given.

import Divergences
import MeasureFiles
import Measures
import OptimalTransport
import Reports
import Transport

let folder = CommandLine.arguments.dropFirst().first ?? "Examples/data"

/// A number in twelve digits, which every machine prints alike.
func text(_ value: Double) -> String { NumberText.formatted(value, digits: 12) }

/// Cells in columns of twelve characters.
func row(_ cells: [String]) -> String {
  cells.dropLast().map { $0 + String(repeating: " ", count: max(0, 12 - $0.count)) }.joined()
    + (cells.last ?? "")
}

/// Reads the cloud of points of a file.
func points(_ name: String, _ reading: MeasureReading = MeasureReading()) throws -> PointCloud {
  try reading.measure(at: "\(folder)/\(name)").pointCloud
}

/// The grey levels of two photographs, as shares of all pixels.
func compareGrayLevels() throws {
  let camera = try points("camera-gray-levels.csv")
  let astronaut = try points("astronaut-gray-levels.csv")
  let problem = try TransportProblem(from: camera, to: astronaut, mass: .normalize)
  let solution = try AutomaticSolver().solve(problem)
  let certificate = solution.certificate(for: problem)
  let pair = try DistributionPair(camera, astronaut, mass: .normalize)
  print("Grey levels of camera and astronaut, \(camera.count) bins")
  print("  Earth Mover's Distance    \(text(solution.distance)) grey levels")
  print("  certificate               \(certificate.holds ? "holds" : "does not hold")")
  print("  Jensen–Shannon divergence \(text(pair.jensenShannonDivergence)) nats")
  print("  total variation           \(text(pair.totalVariationDistance))")
}

/// The petal lengths of three species, each against each.
func comparePetals() throws {
  let species = ["setosa", "versicolor", "virginica"]
  let lengths = try species.map { name in
    let filter = RowFilter(column: "species", equals: name)
    return try points(
      "iris.csv", MeasureReading(columns: ["petal_length"], filters: [filter]))
  }
  print("\nPetal lengths of iris, W₁ in cm, 50 flowers of each species")
  print("  " + row([""] + species))
  for (name, first) in zip(species, lengths) {
    let distances = try lengths.map { text(try first.wassersteinDistance(to: $0)) }
    print("  " + row([name] + distances))
  }
}

try compareGrayLevels()
try comparePetals()
