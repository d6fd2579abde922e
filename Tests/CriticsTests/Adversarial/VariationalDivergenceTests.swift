import Autodiff
import Critics
import Divergences
import Measures
import Testing
import Transport

/// The f-GAN table on the tape against its definitions.
@Suite struct VariationalDivergenceTests {
  private static let outputs = stride(from: -6.0, through: 6, by: 0.75).map { $0 }
  private let pair: DistributionPair

  init() throws {
    pair = try DistributionPair(
      Histogram([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1]),
      Histogram([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4]))
  }

  private func column(_ values: [Double]) -> Matrix {
    Matrix(rows: values.count, columns: 1, elements: values)
  }

  /// sup over u > 0 of ut − f(u), by sections of an interval of log u that shrinks around the largest.
  private func numericConjugate(_ t: Double, of divergence: any FDivergence) -> Double {
    let value = { (s: Double) in
      let u = exponential(s)
      return u * t - divergence.generator(u)
    }
    var (low, high) = (-60.0, 60.0)
    for _ in 0..<400 {
      let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
      if value(a) < value(b) { low = a } else { high = b }
    }
    return max(value((low + high) / 2), -divergence.generatorAtZero)
  }

  /// g is the activation of the table, and f* ∘ g the largest of ut − f(u) at t = g(v).
  @Test(arguments: VariationalDivergence.allCases)
  func conjugatesAreTheSupremum(member: VariationalDivergence) {
    let outputs = Tensor(column(Self.outputs))
    let activations = member.activation(outputs).value.elements
    let conjugates = member.conjugateOfActivation(outputs).value.elements
    for (index, v) in Self.outputs.enumerated() {
      let t = member.divergence.activation(v)
      #expect(abs(activations[index] - t) <= 1e-12 * max(1, abs(t)), "\(member) g(\(v))")
      let expected = numericConjugate(t, of: member.divergence)
      // Near the end of the domain t keeps 1e-16 ÷ (distance to the end) of its digits, e⁶ at most here,
      // and twice that exponent for Neyman's.
      #expect(
        abs(conjugates[index] - expected) <= 1e-9 * max(1, abs(expected)), "\(member) f*(g(\(v)))")
    }
  }

  /// No outputs give more than the divergence, and the optimal ones give it.
  @Test(arguments: VariationalDivergence.allCases)
  func boundsTheDivergenceAndReachesIt(member: VariationalDivergence) {
    let objective = AdversarialObjective.variational(member)
    let (p, q) = (Tensor(column(pair.p)), Tensor(column(pair.q)))
    let value = { (outputs: [Double]) in
      let outputs = Tensor(column(outputs))
      return
        ((p * objective.dataTerm(outputs)).sum() + (q * objective.sampleTerm(outputs)).sum())
        .scalar
    }
    let exact = pair.divergence(member.divergence)
    // tanh is 1 in doubles at 40.
    let best = zip(pair.p, pair.q).map { max(-40, min(40, member.optimalOutput($0 / $1))) }
    #expect(abs(value(best) - exact) < 1e-9)
    var random = SplitMix64(seed: 7)
    for _ in 0..<300 {
      let outputs = Matrix.normal(rows: 7, columns: 1, using: &random).elements
      #expect(value(outputs.map { 3 * $0 }) <= exact + 1e-12)
    }
  }

  /// The slope of f* ∘ g on the tape is g′ (f*)′(g), where (f*)′(f′(u)) = u.
  @Test(arguments: VariationalDivergence.allCases.filter { $0 != .totalVariation })
  func theSlopeOfTheConjugateIsTheRatio(member: VariationalDivergence) {
    let ratios = [0.1, 0.5, 1, 2, 5]
    let outputs = Tensor(variable: column(ratios.map { member.optimalOutput($0) }))
    let conjugate = gradient(
      of: member.conjugateOfActivation(outputs).sum(), withRespectTo: [outputs])[0]
    let activation = gradient(of: member.activation(outputs).sum(), withRespectTo: [outputs])[0]
    for (index, ratio) in ratios.enumerated() {
      #expect(abs(conjugate[index, 0] / activation[index, 0] - ratio) < 1e-9 * ratio)
    }
  }

  /// Jeffreys' conjugate is made of Newton's steps: its second derivative too is that of differences.
  @Test func lambertsFunctionHasItsSecondDerivative() {
    let slope = { (v: Double) in
      let output = Tensor(variable: Matrix([[v]]))
      return gradient(
        of: VariationalDivergence.jeffreys.conjugateOfActivation(output), withRespectTo: [output])[
          0
        ].scalar
    }
    for v in [-2.0, 0, 1.5] {
      let output = Tensor(variable: Matrix([[v]]))
      let first = differentiableGradient(
        of: VariationalDivergence.jeffreys.conjugateOfActivation(output), withRespectTo: [output])
      let second = gradient(of: first[0], withRespectTo: [output])[0].scalar
      let difference = (slope(v + 1e-5) - slope(v - 1e-5)) / 2e-5
      #expect(abs(second - difference) < 1e-8)
    }
  }
}

/// eˣ, by the tape.
private func exponential(_ x: Double) -> Double { Tensor(x).exp().scalar }
