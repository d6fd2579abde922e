import GLPK
import OptimalTransport
import Testing

/// The matrix A of the seven-bin program: 14 × 49, rank 13.
@Suite struct ConstraintMatrixTests {
  /// Row by row as the program has it: what leaves bin i, then what reaches bin j.
  static func fullProgram() -> LinearProgram {
    var program = LinearProgram(.minimize)
    let plan = (0..<7).map { i in
      (0..<7).map { j in program.addColumn(cost: Double(abs(i - j)), bounds: .atLeast(0)) }
    }
    for i in 0..<7 { program.addRow(.exactly(SevenBins.p[i]), terms: plan[i].map { ($0, 1) }) }
    for j in 0..<7 {
      program.addRow(.exactly(SevenBins.q[j]), terms: plan.map { ($0[j], 1) })
    }
    return program
  }

  /// The matrix of a program as integers, rows × columns.
  static func matrix(of program: LinearProgram) -> [[Int]] {
    (0..<program.rowCount).map { row in
      var entries = [Int](repeating: 0, count: program.columnCount)
      for (column, value) in program.terms(of: LinearProgram.Row(row)) {
        entries[column.index] += Int(value)
      }
      return entries
    }
  }

  /// The rank by Gaussian elimination without division, in integers.
  static func rank(of matrix: [[Int]]) -> Int {
    var rows = matrix
    var rank = 0
    for column in 0..<(rows.first?.count ?? 0) {
      guard let pivot = rows[rank...].firstIndex(where: { $0[column] != 0 }) else { continue }
      rows.swapAt(rank, pivot)
      let head = rows[rank]
      for below in rows.indices where below > rank && rows[below][column] != 0 {
        let factor = rows[below][column]
        rows[below] = zip(rows[below], head).map { $0 * head[column] - $1 * factor }
      }
      rank += 1
      if rank == rows.count { break }
    }
    return rank
  }

  @Test func ranksOfKnownMatrices() {
    #expect(Self.rank(of: [[1, 2], [2, 4]]) == 1)
    #expect(Self.rank(of: [[0, 1], [1, 0]]) == 2)
    #expect(Self.rank(of: [[1, 2, 3], [4, 5, 6], [7, 8, 9]]) == 2)
    #expect(Self.rank(of: [[0, 0]]) == 0)
  }

  @Test func fourteenByFortyNineOfRankThirteen() {
    let matrix = Self.matrix(of: Self.fullProgram())
    #expect(matrix.count == 14)
    #expect(matrix.allSatisfy { $0.count == 49 })
    #expect(Self.rank(of: matrix) == 13)
  }

  @Test func eachArcStandsInTwoRows() {
    let matrix = Self.matrix(of: Self.fullProgram())
    for i in 0..<7 {
      for j in 0..<7 {
        let ones = matrix.indices.filter { matrix[$0][7 * i + j] != 0 }
        #expect(ones == [i, 7 + j])
        #expect(ones.allSatisfy { matrix[$0][7 * i + j] == 1 })
      }
    }
  }

  @Test func theRowsOfBothSidesHaveTheSameSum() {
    let matrix = Self.matrix(of: Self.fullProgram())
    for column in 0..<49 {
      #expect(matrix[..<7].reduce(0) { $0 + $1[column] } == 1)
      #expect(matrix[7...].reduce(0) { $0 + $1[column] } == 1)
    }
  }

  /// The program that is solved and exported leaves one row out and loses nothing.
  @Test func theExportedProgramHasFullRank() throws {
    let program = LinearProgram(transporting: try SevenBins.problem())
    let matrix = Self.matrix(of: program)
    #expect(matrix.count == 13)
    #expect(Self.rank(of: matrix) == 13)
    #expect(matrix == Array(Self.matrix(of: Self.fullProgram()).dropLast()))
    let objective = try #require(try program.solve().objective)
    #expect(agree(objective, 0.9))
  }
}
