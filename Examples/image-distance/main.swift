// How far apart are two images? The Earth Mover's Distance of 32 × 32 pixels under three costs.
//
//     swift run -c release image-distance [FOLDER]
//
// FOLDER holds the data, Examples/data unless it is given.

import MeasureFiles
import Measures
import OptimalTransport
import Reports
import Transport

let folder = CommandLine.arguments.dropFirst().first ?? "Examples/data"

/// A number in twelve digits, which every machine prints alike.
func text(_ value: Double) -> String { NumberText.formatted(value, digits: 12) }

/// An image: a row of pixels on each line of the file, brightness is mass.
func image(_ name: String) throws -> PointCloud {
  try MeasureReading(layout: .grid).measure(at: "\(folder)/\(name)").pointCloud
}

/// Solves under one ground cost and prints the answer with its certificate.
func report(_ title: String, under cost: GroundCost, from source: PointCloud, to target: PointCloud)
  throws
{
  let problem = try TransportProblem(from: source, to: target, cost: cost, mass: .normalize)
  let solution = try AutomaticSolver().solve(problem)
  let certificate = solution.certificate(for: problem)
  print(title)
  print("  cost of the plan         \(text(certificate.primal))")
  print("  value of the potentials  \(text(certificate.dual))")
  print("  certificate              \(certificate.holds ? "holds" : "does not hold")")
}

let camera = try image("camera-32x32.csv")
let astronaut = try image("astronaut-32x32.csv")
print("camera to astronaut, \(camera.count) pixels, \(camera.count * astronaut.count) arcs\n")
try report("city block, |Δrow| + |Δcolumn|", under: .cityBlock, from: camera, to: astronaut)
try report("Euclidean, the straight line", under: .euclidean, from: camera, to: astronaut)
try report("squared Euclidean", under: .squaredEuclidean, from: camera, to: astronaut)
