@testable import GLPK
import Synchronization
import Testing

@Suite struct LimitTests {
  @Test func iterationLimitGivesABracket() throws {
    let program = Sample.transport(12, seed: 7)
    let best = try program.optimum()
    let steps = try program.solve(SolveOptions(method: .dualSimplex)).iterations
    let dual = try program.solve(SolveOptions(method: .dualSimplex, iterationLimit: steps / 2))
    let report = try #require(dual.limit)
    #expect(report.reason == .iterations && dual.iterations == steps / 2)
    // Costs ≥ 0 make each basis of the dual method dual feasible.
    #expect(try #require(report.bound) <= best + 1e-9)
    let all = try program.solve(SolveOptions(method: .primalSimplex)).iterations
    let primal = try program.solve(
      SolveOptions(method: .primalSimplex, iterationLimit: all - 1))
    #expect(try #require(primal.limit?.achieved) >= best - 1e-9)
    #expect(primal.objective == primal.limit?.achieved)
  }

  @Test(arguments: SolveOptions.Method.allCases, [false, true])
  func noTimeAtAll(_ method: SolveOptions.Method, presolve: Bool) throws {
    let options = SolveOptions(method: method, presolve: presolve, timeLimit: .zero)
    let solution = try Sample.transport(5, seed: 1).solve(options)
    #expect(solution.limit?.reason == .time)
  }

  @Test(arguments: SolveOptions.Method.allCases, [false, true])
  func cancelledBeforeTheStart(_ method: SolveOptions.Method, presolve: Bool) async throws {
    let solution = try await Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try Sample.transport(5, seed: 1).solve(
        SolveOptions(method: method, presolve: presolve))
    }.value
    #expect(solution.limit?.reason == .cancelled)
  }

  @Test func cancelledOnTheWayKeepsTheWork() async throws {
    let program = Sample.transport(50, seed: 2)
    let solution = try await Task {
      try program.solve(
        SolveOptions(method: .primalSimplex) { _ in
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        })
    }.value
    let report = try #require(solution.limit)
    // The first stretch has 200 iterations, and progress is reported after it.
    #expect(report.reason == .cancelled && solution.iterations == 200)
    let resumed = try program.solve(
      SolveOptions(startingBasis: .given(try #require(solution.basis))))
    #expect(resumed.isOptimal)
    #expect(try #require(report.achieved) >= (try program.optimum()) - 1e-9)
  }

  @Test func progressIsReported() throws {
    let reports = Mutex<[SolveOptions.Progress]>([])
    let program = Sample.transport(40, seed: 2)
    let solution = try program.solve(
      SolveOptions(method: .primalSimplex) { report in reports.withLock { $0.append(report) } })
    let counts = reports.withLock { $0.map(\.iterations) }
    #expect(counts.first == 200)
    let last = try #require(counts.last)
    #expect(counts == counts.sorted() && last <= solution.iterations)
  }

  @Test func stretchesDoNotChangeTheOptimum() throws {
    let program = Sample.transport(40, seed: 3)
    let dual = try program.solve(SolveOptions(method: .dualSimplex))
    let primal = try program.solve(SolveOptions(method: .primalSimplex))
    #expect(primal.iterations > 200)
    #expect(abs(try #require(dual.objective) - (try #require(primal.objective))) < 1e-9)
  }

  @Test func limitsBeyondReach() throws {
    let options = SolveOptions(
      iterationLimit: .max, timeLimit: Duration(secondsComponent: .max, attosecondsComponent: 0))
    #expect(try Sample.textbook().optimum(options) == 11)
  }

  @Test func limitsInASession() throws {
    try Sample.transport(12, seed: 7).withSession { session in
      let first = try session.solve(SolveOptions(iterationLimit: 3))
      #expect(first.status == .limitReached(.iterations) && first.iterations == 3)
      #expect(try session.solve().status == .optimal)
    }
  }

  @Test func aRaisedSignalStopsARunInsideAStretch() throws {
    // A deadline in the past is what a cancelled task is to the terminal hook.
    let checked = try CheckedProgram(Sample.transport(20, seed: 1))
    let handle = try ProblemHandle(checked)
    let stop = StopSignal(deadline: ContinuousClock.now)
    #expect(try handle.interiorPoint(stop: stop) == .destroyed)
    #expect(stop.reason == .time)
    #expect(throws: LinearProgramError.sessionInvalidated) { try handle.basis() }
    handle.close()
    #expect(try Sample.textbook().optimum() == 11)
  }

  @Test func cancellationIsSeenInsideAStretch() async throws {
    try await Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      let handle = try ProblemHandle(try CheckedProgram(Sample.transport(20, seed: 1)))
      let stop = StopSignal(deadline: nil)
      #expect(try handle.interiorPoint(stop: stop) == .destroyed)
      #expect(stop.reason == .cancelled)
    }.value
  }

  @Test func aRunThatWasGivenUpStillReports() throws {
    // 3,600 columns take the interior-point method much longer than this.
    let program = Sample.transport(60, seed: 1)
    let solution = try program.solve(
      SolveOptions(method: .interiorPoint, timeLimit: .milliseconds(1)))
    #expect(solution.limit?.reason == .time)
    #expect(solution.columnValues.count == program.columnCount)
  }
}
