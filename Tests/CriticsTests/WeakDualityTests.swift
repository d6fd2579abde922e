import Critics
import Measures
import TestSupport
import Testing
import Transport

@Suite struct WeakDuality {
  /// After any number of steps, with any seed, no method's certified bounds exceed the exact value.
  @Test(arguments: everyMethod)
  func certifiedBoundsNeverExceedTheExactValue(method: CriticTraining.Method) throws {
    for instance in try [
      CriticInstance.sevenBins(), .lines(0.5), .plane(12, seed: 81), .tenDimensions(8, seed: 82),
    ] {
      for (seed, steps) in [(0, 1), (1, 7), (2, 40)] {
        let training = try CriticTraining(
          method, hidden: [16, 16], steps: steps, penaltyPoints: 32, seed: UInt64(seed))
        let trained = try training.train(on: instance.problem, seeing: instance.exact)
        let report = CriticReport(on: trained.critic, of: instance.problem, exact: instance.exact)
        #expect(report.certifiedLowerBound <= instance.exact.cost + instance.tolerance)
        #expect(report.cTransformLowerBound <= instance.exact.cost + instance.tolerance)
      }
    }
  }

  /// Critics that are 1-Lipschitz by construction have no pair of atoms with a larger slope.
  @Test(arguments: [
    CriticTraining.Method.cTransform, .minFunnel, .wasserstein(.spectralNormalization),
    .wasserstein(.orthonormal(iterations: 8)),
  ])
  func criticsThatAreLipschitzByFormAre(method: CriticTraining.Method) throws {
    let instance = try CriticInstance.plane(15, seed: 83)
    for steps in [1, 30] {
      let training = try CriticTraining(method, hidden: [16, 16], steps: steps)
      let trained = try training.train(on: instance.problem, seeing: instance.exact)
      let report = CriticReport(on: trained.critic, of: instance.problem)
      #expect(report.lipschitzOnSupport <= 1 + 1e-9)
      #expect(report.estimate <= instance.exact.cost + instance.tolerance)
    }
  }

  @Test func theSameSeedGivesTheSameBitsAndNothingSeesTheExactValue() throws {
    let instance = try CriticInstance.plane(10, seed: 84)
    for method in everyMethod where method != .potentialRegression {
      let training = try CriticTraining(
        method, hidden: [8, 8], steps: 12, penaltyPoints: 16, seed: 5)
      let first = try training.train(on: instance.problem)
      let second = try training.train(on: instance.problem, seeing: instance.exact)
      let alone = CriticReport(on: first.critic, of: instance.problem)
      let held = CriticReport(on: second.critic, of: instance.problem, exact: instance.exact)
      #expect(first.critic == second.critic)
      #expect(alone.estimate == held.estimate)
      #expect(first.history == second.history)
      #expect(!first.usedExact && !second.usedExact)
      #expect(alone.exact == nil && alone.relativeError == nil)
    }
  }

  /// At every recorded step, of every method and seed, also where steps see minibatches.
  @Test(arguments: everyMethod)
  func everyRecordedBoundHolds(method: CriticTraining.Method) throws {
    for instance in try [CriticInstance.lines(0.5), .plane(12, seed: 81)] {
      for (seed, batch) in [(3, CriticTraining.Batch.fullSupport), (4, .minibatch(6))] {
        let training = try CriticTraining(
          method, hidden: [8, 8], steps: 30, penaltyPoints: 16, batch: batch, seed: UInt64(seed))
        let trained = try training.train(on: instance.problem, seeing: instance.exact)
        #expect(trained.history.map(\.step) == Array(0...30))
        for entry in trained.history {
          let bounds = [entry.certifiedLowerBound, entry.cTransformLowerBound]
          for bound in try bounds.map({ try #require($0) }) {
            #expect(bound <= instance.exact.cost + instance.tolerance)
          }
        }
      }
    }
  }

  @Test func theDocumentedExampleIsABound() throws {
    let source = try PointCloud([[0, 0], [1, 0], [0, 1]])
    let target = try PointCloud([[1, 1], [2, 1], [1, 2]])
    let problem = try CriticProblem(from: source, to: target)
    let trained = try CriticTraining(.cTransform, steps: 300).train(on: problem)
    let exact = try NetworkSimplex().solve(problem.transport)
    let report = CriticReport(on: trained.critic, of: problem, exact: exact)
    #expect(report.certifiedLowerBound <= exact.cost + 1e-9)
    #expect(report.estimate > 0.99 * exact.cost)
  }

  @Test func anotherSeedIsAnotherTraining() throws {
    let problem = try CriticInstance.plane(10, seed: 84).problem
    func estimate(seed: UInt64) throws -> Double {
      let training = try CriticTraining(
        .wasserstein(.spectralNormalization), hidden: [8, 8], steps: 3, seed: seed)
      return CriticReport(on: try training.train(on: problem).critic, of: problem).estimate
    }
    #expect(try estimate(seed: 1) != estimate(seed: 2))
  }

  /// Moving and scaling all coordinates scales the estimate and changes nothing else.
  @Test func trainingIsTheSameInEveryUnit() throws {
    var random = SplitMix64(seed: 85)
    let source = try Instances.cloud(9, dimension: 2, &random)
    let target = try Instances.cloud(9, dimension: 2, &random)
    func estimate(_ scale: Double) throws -> Double {
      func scaled(_ cloud: PointCloud) throws -> PointCloud {
        try PointCloud(
          coordinates: cloud.coordinates.map { $0 * scale }, dimension: 2, masses: cloud.masses)
      }
      let problem = try CriticProblem(
        from: scaled(source), to: scaled(target), mass: .normalize)
      let training = try CriticTraining(.cTransform, hidden: [8], steps: 20)
      return CriticReport(on: try training.train(on: problem).critic, of: problem).estimate
    }
    let reference = try estimate(1)
    #expect(try estimate(0x1p60) == reference * 0x1p60)
    #expect(try estimate(0x1p-60) == reference * 0x1p-60)
  }

  @Test func massesMultiplyTheEstimate() throws {
    let p = try PointCloud([[0, 0], [1, 0]], masses: [2, 2])
    let q = try PointCloud([[0, 1], [1, 1]], masses: [3, 1])
    let problem = try CriticProblem(from: p, to: q)
    let exact = try NetworkSimplex().solve(problem.transport)
    let trained = try CriticTraining(.minFunnel, steps: 400).train(on: problem)
    let report = CriticReport(on: trained.critic, of: problem, exact: exact)
    #expect(abs(report.estimate - exact.cost) < 0.01 * exact.cost)
  }
}

@Suite struct CriticProblemTests {
  @Test func dimensionsThatDifferAreRefused() throws {
    let plane = try PointCloud([[0, 0]])
    let line = try PointCloud([[0.0]])
    #expect(throws: TransportProblemError.self) { try CriticProblem(from: plane, to: line) }
  }

  /// One atom, and atoms that all coincide: distance 0, no slope, and no NaN.
  @Test(arguments: everyMethod)
  func oneAtomAndCoincidentAtomsAreNoTrouble(method: CriticTraining.Method) throws {
    let atom = try PointCloud([[1, 2]])
    let three = try PointCloud([[1, 2], [1, 2], [1, 2]])
    for (p, q) in [(atom, atom), (atom, three)] {
      let problem = try CriticProblem(from: p, to: q)
      let training = try CriticTraining(
        method, hidden: [4, 4], steps: 3, penaltyPoints: 4)
      let trained = try training.train(
        on: problem, seeing: NetworkSimplex().solve(problem.transport))
      let report = CriticReport(on: trained.critic, of: problem)
      #expect(abs(report.estimate) < 1e-12)
      #expect(report.lipschitzOnSupport == 0)
      #expect(abs(report.cTransformLowerBound) < 1e-12)
    }
  }

  /// A rate that makes weights overflow: the step is said, and the last good critic is returned.
  @Test func aTrainingThatDivergesSaysWhen() throws {
    let instance = try CriticInstance.sevenBins()
    let training = try CriticTraining(
      .wasserstein(.orthonormalPenalty(1)), hidden: [8, 8], steps: 50, rate: 1e200)
    let trained = try training.train(on: instance.problem, seeing: instance.exact)
    #expect(trained.divergedAt == 1)
    let report = CriticReport(on: trained.critic, of: instance.problem)
    #expect(report.estimate.isFinite)
  }

  @Test func aCancelledTrainingStops() async throws {
    let instance = try CriticInstance.sevenBins()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try CriticTraining(.cTransform).train(on: instance.problem).steps
    }
    task.cancel()
    #expect(try await task.value == 0)
  }

  /// The extension of the best potential is 1-Lipschitz everywhere, not on the atoms alone, and its
  /// gradients are those of its values.
  @Test func theCriticCanBeEvaluatedAtNewPoints() throws {
    let instance = try CriticInstance.plane(12, seed: 86)
    var random = SplitMix64(seed: 87)
    for method in [CriticTraining.Method.cTransform, .wasserstein(.orthonormal(iterations: 8))] {
      let critic = try CriticTraining(method, hidden: [16, 16], steps: 20)
        .train(on: instance.problem).critic
      for _ in 0..<50 {
        let x = [Double.random(in: -1...2, using: &random), .random(in: -1...2, using: &random)]
        let y = [Double.random(in: -1...2, using: &random), .random(in: -1...2, using: &random)]
        let values = critic.values(at: x + y)
        let distance = ((x[0] - y[0]) * (x[0] - y[0]) + (x[1] - y[1]) * (x[1] - y[1]))
          .squareRoot()
        #expect(abs(values[0] - values[1]) <= distance * (1 + 1e-9))
        let slope = critic.gradients(at: x)
        #expect(slope[0] * slope[0] + slope[1] * slope[1] <= 1 + 1e-9)
        let step = 1e-7
        let moved = critic.values(at: [x[0] + step, x[1]])
        // Kinks are as likely as 1e-7 is small; rounding is 1e-16 / 1e-7.
        #expect(abs((moved[0] - values[0]) / step - slope[0]) < 1e-5)
      }
    }
  }
}
