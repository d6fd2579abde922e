import Critics
import Measures
import OptimalTransport
import Transport

extension CriticWorkload {
  /// CPU milliseconds of a whole training step: 256 atoms in either measure, ReLU, Adam.
  ///
  /// A penalty is taken at 256 more points, so that its step has half as many samples again as the others'.
  static let steps = CriticWorkload(
    name: "critic-steps",
    heading: "workload,hidden,method,milliseconds_median,least,most,times_weight_normalization"
  ) { quick, report in
    let law = PointLaw.gaussianRing(modes: 8, radius: 2, deviation: 0.02)
    let problem = try CriticProblem(
      from: law.cloud(256, seed: 0), to: PointLaw.gaussian(dimension: 2).cloud(256, seed: 1))
    for (hidden, count) in quick
      ? [([64, 64, 64], 5)] : [([64, 64, 64], 100), ([512, 512, 512], 4)]
    {
      let trainings = try methodsTimed.map { name, method in
        (name, try StepTimer(method, hidden: hidden, count: count, on: problem))
      }
      // In turn, so that what else the machine does falls on all of them alike.
      for _ in 0..<(quick ? 1 : 9) { for (_, timer) in trainings { try timer.run() } }
      let unit = trainings[0].1.median
      for (name, timer) in trainings {
        report(
          "critic-steps,\(hidden.map(String.init).joined(separator: "x")),\(name),"
            + "\(decimals(timer.median, 3)),\(decimals(timer.times[0], 3)),"
            + "\(decimals(timer.times[timer.times.count - 1], 3)),\(decimals(timer.median / unit, 2))"
        )
      }
    }
  }

  private static let methodsTimed: [(String, LipschitzControl)] = [
    ("weight-normalization", .weightNormalization),
    ("clipping", .clipping(0.1)),
    ("spectral", .spectralNormalization),
    ("gradient-penalty", .gradientPenalty(PenaltyWeight(10))),
    ("orthonormal", .orthonormal(iterations: 3)),
  ]
}

/// The time of a step of one training, several times measured.
private final class StepTimer {
  private let step: () throws -> Void
  private let count: Int
  private(set) var times: [Double] = []

  init(
    _ control: LipschitzControl, hidden: [Int], count: Int, on problem: CriticProblem
  ) throws {
    let training = try CriticTraining(
      .wasserstein(control), hidden: hidden, activation: .relu, penaltyPoints: 256)
    step = training.steps(on: problem, control)
    self.count = count
    try step()
  }

  var median: Double { times[times.count / 2] }

  func run() throws {
    let watch = Stopwatch()
    for _ in 0..<count { try step() }
    times.append(1000 * watch.cpuSeconds / Double(count))
    times.sort()
  }
}
