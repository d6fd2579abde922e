// Two parallel lines at distance θ: what the Wasserstein distance sees and divergences do not.
//
//     swift run parallel-lines [FIGURE.svg]
//
// Mass is spread evenly on the points (0, y) and on the points (θ, y), with the same heights y. With
// a path, the curves are written there as a figure.
// Source of the example: Arjovsky, Chintala, Bottou 2017, "Wasserstein GAN", example 1.

import Divergences
import Foundation
import Measures
import OptimalTransport
import Reports

/// The distances of the two lines at one θ.
struct Row {
  let theta: Double
  let wasserstein: Double
  let jensenShannon: Double
  let kullbackLeibler: Double

  /// Ten points on each line, θ apart.
  init(theta: Double) throws {
    let heights = (0..<10).map { Double($0) / 9 }
    let still = try PointCloud(heights.map { [0, $0] })
    let moved = try PointCloud(heights.map { [theta, $0] })
    let pair = try DistributionPair(still, moved)
    self.theta = theta
    wasserstein = try still.wassersteinDistance(to: moved)
    jensenShannon = pair.jensenShannonDivergence
    kullbackLeibler = pair.klDivergence
  }
}

/// Cells in columns of fourteen characters.
func line(_ cells: [String]) -> String {
  cells.dropLast().map { $0 + String(repeating: " ", count: max(0, 14 - $0.count)) }.joined()
    + (cells.last ?? "")
}

let thetas = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1]
let rows = try thetas.map { try Row(theta: $0) }
print(line(["θ", "W₁", "JS", "KL"]))
for row in rows {
  let numbers = [row.theta, row.wasserstein, row.jensenShannon, row.kullbackLeibler]
  print(line(numbers.map { NumberText.formatted($0, digits: 9) }))
}
if let path = CommandLine.arguments.dropFirst().first {
  try Data(ParallelLinesFigure(rows).svg.utf8).write(to: URL(fileURLWithPath: path))
}
