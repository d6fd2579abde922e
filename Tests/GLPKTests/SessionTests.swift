import GLPK
import Testing

@Suite struct SessionTests {
  @Test func columnGenerationEqualsTheWholeProgram() throws {
    let n = 12
    let whole = Sample.transport(n, seed: 9)
    let best = try whole.optimum()
    // The master begins with a feasible diagonal; columns come by their reduced costs.
    var master = LinearProgram(.minimize)
    for _ in 0..<2 * n { master.addRow(.exactly(1 / Double(n)), terms: []) }
    master[bounds: LinearProgram.Row(2 * n - 1)] = .free
    for i in 0..<n {
      let column = master.addColumn(cost: whole[cost: LinearProgram.Column(i * n + i)])
      master.addTerm(1, of: column, in: LinearProgram.Row(i))
      master.addTerm(1, of: column, in: LinearProgram.Row(n + i))
    }
    let objective = try master.withSession { session -> Double in
      while true {
        let outcome = try session.solve(SolveOptions(method: .primalSimplex))
        #expect(outcome.status == .optimal)
        let duals = try session.rowDuals()
        let entering = (0..<n * n).filter {
          whole[cost: LinearProgram.Column($0)] - duals[$0 / n] - duals[n + $0 % n] < -1e-9
        }
        if entering.isEmpty { return try #require(outcome.objective) }
        try session.addColumns(
          costs: entering.map { whole[cost: LinearProgram.Column($0)] },
          starts: (0...entering.count).map { 2 * $0 },
          rows: entering.flatMap { [Int32($0 / n), Int32(n + $0 % n)] },
          coefficients: [Double](repeating: 1, count: 2 * entering.count))
      }
    }
    // Reduced costs are within 1e-9 and the total mass is 1.
    #expect(abs(objective - best) < 1e-8)
  }

  @Test func rowGenerationStartsWarm() throws {
    // The largest x + y on the unit disc, by tangents: √2.
    var program = LinearProgram(.maximize)
    program.addColumn(cost: 1, bounds: .between(-2, 2))
    program.addColumn(cost: 1, bounds: .between(-2, 2))
    try program.withSession { session in
      for _ in 0..<40 {
        try session.solve()
        let point = try session.columnValues()
        let length = (point[0] * point[0] + point[1] * point[1]).squareRoot()
        if length < 1 + 1e-9 { break }
        try session.addRows(
          [.atMost(1)], starts: [0, 2], columns: [0, 1],
          coefficients: [point[0] / length, point[1] / length])
      }
      let last = try session.solve()
      #expect(last.iterations == 0)
      #expect(abs(try #require(last.objective) - 2.squareRoot()) < 1e-8)
    }
  }

  @Test func changesOfCostsAndBounds() throws {
    try Sample.textbook().withSession { session in
      #expect(try session.solve().objective == 11)
      try session.setCost(5, ofColumn: 1)
      #expect(abs(try #require(try session.solve().objective) - 14) < 1e-12)
      try session.setBounds(.between(0, 2), ofColumn: 0)
      #expect(abs(try #require(try session.solve().objective) - 38 / 3) < 1e-12)
      try session.setBounds(.atMost(1), ofRow: 1)
      #expect(abs(try #require(try session.solve().objective) - 3) < 1e-12)
      #expect(try session.columnValues(in: 0..<1) == [1])
      #expect(try session.reducedCosts(in: 1..<1).isEmpty)
      #expect(try session.rowActivities().count == 2)
      #expect(try session.program().columnCount == 2)
    }
  }

  @Test func removal() throws {
    try Sample.textbook().withSession { session in
      try session.solve()
      try session.removeColumns([0])
      #expect(session.columnCount == 1)
      #expect(try session.solve().objective == 4)
      try session.removeRows([1])
      #expect(try session.solve().objective == 8)
      try session.removeRows([0])
      #expect(try session.solve().status == .unbounded)
      try session.removeColumns([0])
      #expect(try session.solve().objective == 0)
    }
  }

  @Test func basisGoesFromSessionToSession() throws {
    let program = Sample.transport(10, seed: 1)
    let basis = try program.withSession { session in
      try session.solve()
      return try session.basis()
    }
    try program.withSession { session in
      try session.setBasis(basis)
      let outcome = try session.solve()
      #expect(outcome.status == .optimal && outcome.iterations == 0)
    }
  }

  @Test func farkasCertificateKeepsTheSession() throws {
    let program = Sample.infeasible()
    try program.withSession { session in
      #expect(try session.solve().status == .infeasible)
      #expect(try session.farkasCertificate() == [1, -1])
      try session.setBounds(.atMost(5), ofRow: 1)
      #expect(try session.solve().objective == 3)
      #expect(try session.farkasCertificate() == nil)
    }
  }

  @Test(arguments: SolveOptions.Method.allCases, [false, true])
  func everyMethodInASession(_ method: SolveOptions.Method, presolve: Bool) throws {
    let program = Sample.transport(6, seed: 2)
    let best = try program.optimum()
    try program.withSession { session in
      for _ in 0..<2 {
        let outcome = try session.solve(SolveOptions(method: method, presolve: presolve))
        #expect(abs(try #require(outcome.objective) - best) < 1e-6)
        let values = try session.columnValues()
        #expect(abs(program.objective(at: values) - best) < 1e-6)
      }
    }
  }

  @Test func sessionsInsideSessions() throws {
    try Sample.textbook().withSession { outer in
      try Sample.transport(4, seed: 1).withSession { inner in
        try inner.solve()
        #expect(try outer.solve().objective == 11)
      }
      #expect(try Sample.infeasible().solve().farkas != nil)
      #expect(try outer.solve().objective == 11)
    }
  }

  @Test func sessionEndsWithItsClosure() throws {
    var kept: LinearProgramSession?
    try Sample.textbook().withSession { kept = $0 }
    #expect(throws: LinearProgramError.sessionEnded) { try kept?.solve() }
    #expect(throws: LinearProgramError.sessionEnded) { try kept?.rowDuals() }
  }

  @Test func misuseInBulkIsRefusedAndChangesNothing() throws {
    try Sample.textbook().withSession { session in
      try session.solve()
      let refused: [([Double], [Int], [Int32], [Double])] = [
        ([1], [0, 1], [2], [1]),
        ([1], [0, 1], [-1], [1]),
        ([1], [0, 2], [0, 0], [1, 1]),
        ([1], [0, 1], [0], [.nan]),
        ([.infinity], [0, 1], [0], [1]),
        ([1], [0], [], []),
        ([1], [0, 2], [0], [1]),
        ([1], [1, 1], [0], [1]),
        ([1, 1], [0, 2, 1], [0], [1]),
        ([1], [0, 1], [0], [1, 2]),
      ]
      for (costs, starts, rows, coefficients) in refused {
        #expect(throws: LinearProgramError.self) {
          try session.addColumns(
            costs: costs, starts: starts, rows: rows, coefficients: coefficients)
        }
        #expect(throws: LinearProgramError.self) {
          try session.addRows(
            costs.map { .atMost($0) }, starts: starts, columns: rows, coefficients: coefficients)
        }
      }
      #expect(throws: LinearProgramError.self) { try session.setCost(.nan, ofColumn: 0) }
      #expect(throws: LinearProgramError.self) { try session.setCost(1, ofColumn: 2) }
      #expect(throws: LinearProgramError.self) { try session.setBounds(.free, ofRow: -1) }
      #expect(throws: LinearProgramError.self) {
        try session.setBounds(.between(2, 1), ofColumn: 0)
      }
      #expect(throws: LinearProgramError.self) { try session.removeRows([0, 0]) }
      #expect(throws: LinearProgramError.self) { try session.removeColumns([5]) }
      #expect(throws: LinearProgramError.self) { try session.columnValues(in: 1..<3) }
      #expect(session.rowCount == 2 && session.columnCount == 2)
      #expect(try session.solve().objective == 11)
    }
  }
}
