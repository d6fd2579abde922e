import Critics
import Measures
import OptimalTransport
import Transport

/// Critics held against the exact distance or measured by the time of a step: other columns than solvers.
struct CriticWorkload: Sendable {
  let name: String
  let heading: String
  /// Lines of CSV, one for each training; `quick` for the smallest alone.
  let lines: @Sendable (_ quick: Bool, _ report: (String) -> Void) throws -> Void

  static let all = [errors, methods, steps, minFunnels]

  /// The semi-dual critic on every documented problem and on others, three draws and seeds each.
  static let errors = CriticWorkload(
    name: "critic-errors", heading: CriticMeasurement.heading
  ) { quick, report in
    for problem in TrialProblem.all where !quick || problem.name == "seven-bins" {
      for seed: UInt64 in quick ? [0] : [0, 1, 2] {
        let trial = try problem.trial(seed: seed)
        report(try trial.csv("critic-errors", "c-transform", .cTransform, seed: seed))
      }
    }
  }

  /// Every method with its usual settings on every documented problem.
  static let methods = CriticWorkload(
    name: "critic-methods", heading: CriticMeasurement.heading
  ) { quick, report in
    for problem in TrialProblem.documented where !quick || problem.name == "seven-bins" {
      let trial = try problem.trial(seed: 0)
      for (name, method) in CriticWorkload.everyMethod where !quick || name == "min-funnel" {
        report(try trial.csv("critic-methods", name, method, seed: 0))
      }
    }
  }

  static let everyMethod: [(String, CriticTraining.Method)] = [
    ("clipping", .wasserstein(.clipping(0.1))),
    ("gradient-penalty", .wasserstein(.gradientPenalty(PenaltyWeight(10)))),
    ("lipschitz-penalty 10", .wasserstein(.lipschitzPenalty(PenaltyWeight(10)))),
    (
      "lipschitz-penalty",
      .wasserstein(.lipschitzPenalty(PenaltyWeight(from: 10, to: 1000, in: .spreads)))
    ),
    ("spectral", .wasserstein(.spectralNormalization)),
    ("orthonormal", .wasserstein(.orthonormal(iterations: 3))),
    ("weight-normalization", .wasserstein(.weightNormalization)),
    ("orthonormal-penalty", .wasserstein(.orthonormalPenalty(0.01))),
    ("layer-normalization", .wasserstein(.layerNormalization)),
    ("c-transform", .cTransform),
    ("min-funnel", .minFunnel),
  ]
}

/// A problem with its exact solution, on which trainings are measured.
struct CriticMeasurement {
  static let heading =
    "workload,problem,method,seed,exact,raw_error_percent,certified_error_percent,"
    + "c_transform_error_percent,gradient_cosine,cpu_seconds"

  let name: String
  let problem: CriticProblem
  let exact: TransportSolution

  init(_ name: String, from source: PointCloud, to target: PointCloud) throws {
    self.name = name
    problem = try CriticProblem(from: source, to: target, mass: .normalize)
    exact = try NetworkSimplex().solve(problem.transport)
  }

  /// One training: signed errors of the estimate and of both lower bounds, CPU seconds of training alone.
  func csv(
    _ workload: String, _ methodName: String, _ method: CriticTraining.Method, seed: UInt64
  ) throws -> String {
    let watch = Stopwatch()
    let trained = try CriticTraining(method, seed: seed).train(on: problem)
    let seconds = watch.cpuSeconds
    let report = CriticReport(on: trained.critic, of: problem, exact: exact)
    let errors = [report.estimate, report.certifiedLowerBound, report.cTransformLowerBound]
      .map { decimals(100 * ($0 - exact.cost) / exact.cost, 3) }
    let cosine = report.gradientCosine.map { decimals($0, 3) } ?? ""
    let columns =
      [workload, name, methodName, "\(seed)", decimals(exact.cost, 6)] + errors
      + [cosine, decimals(seconds, 2)]
    return columns.joined(separator: ",")
  }
}

/// A number rounded to so many decimals.
func decimals(_ value: Double, _ places: Int) -> String {
  let unit = (0..<places).reduce(1.0) { unit, _ in unit * 10 }
  return "\((value * unit).rounded() / unit + 0)"
}
