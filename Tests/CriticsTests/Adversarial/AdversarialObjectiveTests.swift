import Autodiff
import Critics
import Divergences
import Measures
import Testing
import Transport

/// What is known of the objectives in closed form.
@Suite struct AdversarialObjectiveTests {
  private let p = [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1]
  private let q = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4]

  private func value(_ objective: AdversarialObjective, _ outputs: Tensor) -> Tensor {
    let (p, q) = (column(p), column(q))
    return (Tensor(p) * objective.dataTerm(outputs)).sum()
      + (Tensor(q) * objective.sampleTerm(outputs)).sum()
  }

  private func column(_ values: [Double]) -> Matrix {
    Matrix(rows: values.count, columns: 1, elements: values)
  }

  /// V(D*, G) = 2 JS − 2 log 2 with D* = p/(p + q), whose logit is log(p/q).
  @Test func theBestDiscriminatorHasTheJensenShannonDivergence() throws {
    let js = try DistributionPair(Histogram(p), Histogram(q)).jensenShannonDivergence
    let logits = zip(p, q).map { VariationalDivergence.gan.optimalOutput($0 / $1) }
    for (index, logit) in logits.enumerated() {
      let probability = Tensor(logit).sigmoid().scalar
      #expect(abs(probability - p[index] / (p[index] + q[index])) < 1e-15)
    }
    let best = value(.minimax, Tensor(column(logits))).scalar
    #expect(abs(best - (2 * js - 2 * Tensor(2).log().scalar)) < 1e-9)
    #expect(abs(best - -1.238952272) < 1e-9)
  }

  /// A logistic discriminator with a logit for each bin, trained from 0, comes to p/(p + q).
  @Test func aTrainedDiscriminatorComesToIt() {
    var logits = [column([Double](repeating: 0, count: 7))]
    var state = OptimizerState<Matrix>()
    for _ in 0..<600 {
      let variables = logits.map { Tensor(variable: $0) }
      let slopes = gradient(of: -value(.minimax, variables[0]), withRespectTo: variables)
      GradientDescent(rate: 5.0).update(&logits, along: slopes, state: &state)
    }
    for index in p.indices {
      let probability = Tensor(logits[0][index, 0]).sigmoid().scalar
      #expect(abs(probability - p[index] / (p[index] + q[index])) < 1e-9)
    }
    #expect(abs(value(.minimax, Tensor(logits[0])).scalar - -1.2389522719) < 1e-9)
  }

  /// The generator's slope at an output: −D for minimax, −(1 − D) for non-saturating.
  @Test(arguments: [-3.0, -0.2, 0, 1.7])
  func saturatingAndNonSaturatingSlopes(output: Double) {
    let slope = { (objective: AdversarialObjective) in
      let variable = Tensor(variable: Matrix([[output]]))
      return gradient(of: objective.generatorLoss(samples: variable), withRespectTo: [variable])[0]
        .scalar
    }
    let probability = Tensor(output).sigmoid().scalar
    #expect(abs(slope(.minimax) + probability) < 1e-15)
    #expect(abs(slope(.nonSaturating) + (1 - probability)) < 1e-15)
    #expect(slope(.hinge) == -1 && slope(.wasserstein) == -1)
  }

  /// The GAN objective is the member of that name of the f-GAN family, term by term.
  @Test func theStandardGANIsAMemberOfTheFamily() {
    let outputs = Tensor(column([-40, -2, -0.3, 0, 0.4, 3, 40]))
    let (plain, member) = (AdversarialObjective.minimax, AdversarialObjective.variational(.gan))
    #expect(plain.dataTerm(outputs).value == member.dataTerm(outputs).value)
    #expect(plain.sampleTerm(outputs).value == member.sampleTerm(outputs).value)
    #expect(plain.generatorTerm(outputs).value == member.generatorTerm(outputs).value)
  }

  /// The hinge's value is at most 0 and 0 where data are above 1 and samples below −1.
  @Test func theHingeIsSatisfiedBeyondItsMargins() {
    let objective = AdversarialObjective.hinge
    #expect(objective.value(data: Tensor(1), samples: Tensor(-1)).scalar == 0)
    #expect(objective.value(data: Tensor(0.25), samples: Tensor(-0.5)).scalar == -1.25)
  }
}
