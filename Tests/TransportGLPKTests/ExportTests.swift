import Foundation
import GLPK
import Measures
import TestSupport
import Testing
import Transport
import TransportGLPK

@Suite struct ExportTests {
  @Test func theProgramHasOneRedundantRowLess() throws {
    let (p, q) = try Instances.sevenBins()
    let program = try LinearProgram(transporting: TransportProblem(from: p, to: q))
    #expect(program.columnCount == 49)
    #expect(program.rowCount == 13)
    #expect(program[name: LinearProgram.Column(8)] == "x_1_1")
    #expect(program[name: LinearProgram.Row(7)] == "target_0")
  }

  @Test(arguments: [FileFormat.mpsFree, .cplex, .glpk])
  func anybodysSolverCanReadItAndFindsTheSame(format: FileFormat) throws {
    let (p, q) = try Instances.sevenBins()
    let program = try LinearProgram(transporting: TransportProblem(from: p, to: q))
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("export-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try program.write(to: path, format: format)
    let read = try LinearProgram(contentsOf: path, format: format)
    let objective = try #require(try read.solve().objective)
    #expect(abs(objective - 0.9) < 1e-9, "GLPK's own tolerances, nothing scaled")
  }

  @Test func forbiddenArcsHaveNoColumnAndCapacitiesAreBounds() throws {
    let problem = try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1]),
      cost: CostMatrix(rows: [[.infinity, 1], [1, 1]]),
      capacities: CostMatrix([.infinity, .infinity, 0.5, .infinity], rows: 2, columns: 2))
    let program = LinearProgram(transporting: problem)
    #expect(program.columnCount == 3)
    #expect(program[bounds: LinearProgram.Column(1)] == .between(0, 0.5))
    #expect(program[name: LinearProgram.Column(1)] == "x_1_0")
  }
}
