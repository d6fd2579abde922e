import Measures
import Testing
import Transport

@Suite struct TransportProblemTests {
  let p = [1.0, 2, 3]

  @Test func unequalTotalsAreRefusedWithBothTotals() throws {
    let error = #expect(throws: TransportProblemError.self) {
      try TransportProblem(from: Histogram(p), to: Histogram([1, 1]))
    }
    #expect(error == .unequalTotals(source: 6, target: 2, relativeTolerance: 1e-9))
    #expect(error?.description.contains("--mass normalize") == true)
  }

  @Test func nearlyEqualTotalsScaleTheTargetAndSaySo() throws {
    let problem = try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1 + 1e-10]))
    guard case .targetScaled(let factor) = problem.massAdjustment else {
      Issue.record("the target was not scaled")
      return
    }
    #expect(abs(factor - 2 / (2 + 1e-10)) < 1e-15)
    #expect(abs(problem.targetMasses.reduce(0, +) - 2) < 1e-15)
  }

  @Test func normalizingDividesBothByTheirTotals() throws {
    let problem = try TransportProblem(
      from: Histogram([1, 3]), to: Histogram([5, 5]), mass: .normalize)
    #expect(problem.sourceMasses == [0.25, 0.75])
    #expect(problem.targetMasses == [0.5, 0.5])
    #expect(problem.massAdjustment == .normalized(sourceTotal: 4, targetTotal: 10))
    #expect(problem.givenTotals == (4, 10))
  }

  @Test func shapesMustFit() throws {
    let matrix = try CostMatrix([1, 2, 3, 4], rows: 2, columns: 2)
    #expect(throws: TransportProblemError.costShape(sources: 3, targets: 3, rows: 2, columns: 2)) {
      try TransportProblem(from: Histogram(p), to: Histogram(p), cost: matrix)
    }
    #expect(
      throws: TransportProblemError.capacityShape(sources: 3, targets: 3, rows: 2, columns: 2)
    ) {
      try TransportProblem(from: Histogram(p), to: Histogram(p), capacities: matrix)
    }
    #expect(throws: TransportProblemError.negativeCapacity(source: 0, target: 1, value: -1)) {
      try TransportProblem(
        from: Histogram([1, 1]), to: Histogram([1, 1]),
        capacities: CostMatrix([1, -1, 1, 1], rows: 2, columns: 2))
    }
  }

  @Test func costsThatOverflowAreRefused() throws {
    #expect(throws: TransportProblemError.self) {
      try TransportProblem(
        from: PointCloud([[0.0]]), to: PointCloud([[1e200]]), cost: .squaredEuclidean)
    }
  }

  @Test func costsThatVanishAltogetherAreRefused() throws {
    #expect(throws: TransportProblemError.self) {
      try TransportProblem(
        from: PointCloud([[0.0]]), to: PointCloud([[1e-200]]), cost: .squaredEuclidean)
    }
  }

  @Test func anOrderBelowOneIsRefused() throws {
    #expect(throws: TransportProblemError.self) {
      try TransportProblem(from: Histogram(p), to: Histogram(p), order: 0.5)
    }
  }

  @Test func distanceIsTheRootOfTheCost() throws {
    let problem = try TransportProblem(from: Histogram([1, 0]), to: Histogram([0, 1]), order: 3)
    #expect(abs(problem.distance(ofCost: 27) - 3) < 1e-15)
  }
}
