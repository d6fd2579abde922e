import GLPK
import Testing

@Suite struct RangingTests {
  @Test func textbook() throws {
    let solution = try Sample.textbook().solve(SolveOptions(ranging: true))
    let ranging = try #require(solution.ranging)
    // At (3, 1) the bound x ≤ 3 and one of the rows, which meet there, are active.
    #expect(ranging.costs.count == 2 && ranging.rowBounds.count == 2)
    #expect(ranging.rowBounds.count { $0 == nil } == 1)
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func costsInsideTheirRangesKeepThePoint(_ seed: UInt64) throws {
    let program = Sample.random(6, 9, seed: seed)
    let solution = try program.solve(SolveOptions(ranging: true))
    let ranging = try #require(solution.ranging)
    for j in 0..<program.columnCount {
      let column = LinearProgram.Column(j)
      #expect(ranging.costs[j].lowerBound <= program[cost: column] + 1e-9)
      #expect(ranging.costs[j].upperBound >= program[cost: column] - 1e-9)
      for end in [ranging.costs[j].lowerBound, ranging.costs[j].upperBound] where end.isFinite {
        let inside = program[cost: column] + 0.9 * (end - program[cost: column])
        let outside = program[cost: column] + 1.1 * (end - program[cost: column])
        var moved = program
        moved[cost: column] = inside
        #expect(abs(try moved.optimum() - moved.objective(at: solution.columnValues)) < 1e-6)
        guard abs(outside - end) > 1e-4 else { continue }
        moved[cost: column] = outside
        let loss = try moved.optimum() - moved.objective(at: solution.columnValues)
        #expect(program.direction == .minimize ? loss < 0 : loss > 0)
      }
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func boundsInsideTheirRangesKeepTheDuals(_ seed: UInt64) throws {
    let program = Sample.random(6, 9, seed: seed)
    let solution = try program.solve(SolveOptions(ranging: true))
    let (ranging, best) = (try #require(solution.ranging), try program.optimum())
    for i in 0..<program.rowCount {
      guard let range = ranging.rowBounds[i], solution.rowDuals[i] != 0 else { continue }
      let (row, active) = (LinearProgram.Row(i), solution.rowActivities[i])
      for end in [range.lowerBound, range.upperBound] where end.isFinite {
        let value = active + 0.9 * (end - active)
        var moved = program
        moved[bounds: row] = .exactly(value)
        let expected = best + solution.rowDuals[i] * (value - active)
        #expect(abs(try moved.optimum() - expected) < 1e-6)
      }
    }
  }

  @Test func rangingOfABasis() throws {
    let program = Sample.random(6, 9, seed: 3)
    let solution = try program.solve(SolveOptions(ranging: true))
    let basis = try #require(solution.basis)
    let again = try program.ranging(of: basis).costs
    // The same basis, factorised anew.
    for (range, other) in zip(again, try #require(solution.ranging).costs) {
      #expect(
        range.lowerBound == other.lowerBound || abs(range.lowerBound - other.lowerBound) < 1e-9)
      #expect(
        range.upperBound == other.upperBound || abs(range.upperBound - other.upperBound) < 1e-9)
    }
    let slack = Basis(
      rows: [Basis.Status](repeating: .basic, count: 6),
      columns: [Basis.Status](repeating: .atLower, count: 9))
    #expect(throws: LinearProgramError.self) { try program.ranging(of: slack) }
  }

  @Test func fixedAndFreeColumns() throws {
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: 1, bounds: .exactly(2))
    let y = program.addColumn(cost: 1, bounds: .free)
    program.addRow(.atLeast(5), terms: [(x, 1), (y, 1)])
    let ranging = try #require(try program.solve(SolveOptions(ranging: true)).ranging)
    #expect(ranging.costs[0] == -.infinity ... .infinity)
    #expect(ranging.costs[1] == 0 ... .infinity)
    #expect(ranging.rowBounds[0] == -.infinity ... .infinity)
    #expect(ranging.columnBounds[1] == nil)
  }
}
