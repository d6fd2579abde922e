import Critics
import OptimalTransport
import Transport

extension CriticWorkload {
  /// Critics trained on minibatches of laws whose W₁ and optimal gradients are known.
  ///
  /// Columns: the signed error of E_P f − E_Q f on new points, that of the same divided by the largest slope
  /// between them, the mean cosine of ∇f with the gradient of the optimal critic at points of P and Q's
  /// rays, and CPU seconds.
  static let minFunnels = CriticWorkload(
    name: "critic-min-funnels",
    heading: "workload,dimension,method,w1,raw_error_percent,raw_by_slope_error_percent,"
      + "gradient_cosine,cpu_seconds"
  ) { quick, report in
    for dimension in quick ? [2] : [2, 8, 32] {
      let trial = MinFunnelTrial(dimension: dimension, held: quick ? 256 : 4096)
      for (name, method) in quick ? [("c-transform", .cTransform)] : MinFunnelTrial.methods {
        report(try trial.csv(name, method, steps: quick ? 20 : nil))
      }
    }
  }
}

/// One ground-truth pair with points that no training sees.
private struct MinFunnelTrial {
  static let methods: [(String, CriticTraining.Method)] =
    CriticWorkload.everyMethod.filter { !["lipschitz-penalty 10", "min-funnel"].contains($0.0) }

  private let pair: MinFunnel
  private let held: MinFunnel.CoupledSample
  private let slopes: [Double]
  private let exact: Double

  init(dimension: Int, held count: Int) {
    pair = MinFunnel(funnels: 4, dimension: dimension)
    var random = SplitMix64(seed: 1)
    held = pair.coupledSample(count, using: &random)
    slopes = pair.criticGradients(at: held.targets)
    // −u is optimal, so the mean way of the coupling is the W₁ of these very atoms.
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    exact = mean(pair.values(at: held.targets)) - mean(pair.values(at: held.sources))
  }

  func csv(_ name: String, _ method: CriticTraining.Method, steps: Int?) throws -> String {
    let watch = Stopwatch()
    let trained = try CriticTraining(method, steps: steps, batch: .minibatch(256))
      .train(from: pair.source, to: pair.target)
    let seconds = watch.cpuSeconds
    let (f, g) = (
      trained.critic.values(at: held.sources), trained.critic.values(at: held.targets)
    )
    let count = Double(f.count)
    let estimate = (f.reduce(0, +) - g.reduce(0, +)) / count
    let error = 100 * (estimate - exact) / exact
    let found = trained.critic.gradients(at: held.targets)
    return [
      "critic-min-funnels", "\(pair.dimension)", name, decimals(exact, 4), decimals(error, 2),
      decimals(100 * (estimate / steepest(f, g) - exact) / exact, 2),
      decimals(cosine(found), 3), decimals(seconds, 1),
    ].joined(separator: ",")
  }

  /// The largest slope of the critic along a way of the coupling.
  private func steepest(_ f: [Double], _ g: [Double]) -> Double {
    f.indices.reduce(0) { steepest, index in
      let axes = index * pair.dimension..<(index + 1) * pair.dimension
      let way = zip(held.sources[axes], held.targets[axes])
        .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      return way > 0 ? max(steepest, abs(f[index] - g[index]) / way) : steepest
    }
  }

  private func cosine(_ found: [Double]) -> Double {
    let rows = stride(from: 0, to: found.count, by: pair.dimension)
    let cosines = rows.map { start in
      let axes = start..<start + pair.dimension
      let norm = found[axes].reduce(0) { $0 + $1 * $1 }.squareRoot()
      let along = zip(found[axes], slopes[axes]).reduce(0) { $0 + $1.0 * $1.1 }
      return norm > 0 ? along / norm : 0
    }
    return cosines.reduce(0, +) / Double(cosines.count)
  }
}
