@testable import GLPK
import Testing

@Suite struct ResidualTests {
  /// The textbook program's solution with one of its parts replaced.
  private func residuals(
    values: [Double] = [3, 1], activities: [Double] = [4, 6], duals: [Double] = [2, 0],
    reduced: [Double] = [1, 0]
  ) -> KarushKuhnTuckerResiduals {
    let solution = LinearProgramSolution(
      outcome: .optimal, objective: 11, columnValues: values, rowActivities: activities,
      rowDuals: duals, reducedCosts: reduced, basis: nil, iterations: 0, ranging: nil,
      messages: "")
    return Sample.textbook().residuals(of: solution)
  }

  @Test func optimalPointHasNone() {
    #expect(residuals().largestRelative == 0)
    // The same point with the other dual, for it is degenerate.
    #expect(residuals(duals: [0, 2 / 3.0], reduced: [3 - 2 / 3.0, 0]).largestRelative < 1e-15)
  }

  @Test func eachConditionHasItsResidual() {
    #expect(residuals(activities: [4, 5]).primalEquality.absolute == 1)
    #expect(residuals(activities: [4, 5]).primalEquality.index == 1)
    #expect(residuals(values: [3, -1], activities: [2, 0]).primalBounds.absolute == 1)
    #expect(residuals(values: [3, 2], activities: [5, 9]).primalBounds.absolute == 3)
    #expect(residuals(duals: [1, 0]).dualEquality.absolute == 1)
    #expect(residuals(duals: [-2, 0], reduced: [5, 4]).dualBounds.absolute == 4)
    #expect(residuals(values: [2, 1], activities: [3, 5]).complementarySlackness.absolute == 2)
  }

  @Test func solutionsAreMeasuredInTheProgramsOwnData() throws {
    let program = Sample.transport(10, seed: 4)
    let residuals = program.residuals(of: try program.solve())
    // Sums of ten terms of 1/10.
    #expect(residuals.largestRelative < 1e-14)
  }
}
