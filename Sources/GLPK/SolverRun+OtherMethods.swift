internal import CGLPK
internal import CGLPKTrap

extension SolverRun {
  /// Solves by the interior-point method, or by simplex methods where it does not converge.
  mutating func interiorPoint() throws(LinearProgramError) -> Finding {
    if let reason = try limitReached() { return .limit(reason) }
    guard case .returned(let code) = try handle.interiorPoint(stop: stop) else {
      isAlive = false
      return .limit(stop?.reason ?? .cancelled)
    }
    if code == 0, try handle.state(interior: true).status == GLP_OPT {
      isInterior = true
      return .optimal
    }
    return try dualThenPrimal()
  }

  /// Solves in rational arithmetic from the basis of a double-precision run.
  mutating func exact() throws(LinearProgramError) -> Finding {
    if let reason = try startExact() { return .limit(reason) }
    try keepBasis()
    let scaling = try ExactScaling(try handle.program())
    let exactHandle = try ProblemHandle(try CheckedProgram(scaling.program))
    defer { exactHandle.close() }
    try exactHandle.setBasis(try handle.basis())
    let finding = try exactStretches(exactHandle)
    guard isAlive else { return finding }
    exactIterations = Int(try exactHandle.state().iterations)
    exactPoint = scaling.restored(try exactHandle.point(interior: false))
    isExactPointFeasible = try exactHandle.isPrimalFeasible()
    try handle.setBasis(try exactHandle.basis())
    _ = try handle.warmUp()
    return finding
  }

  /// The double-precision run that the exact one starts from; its failures are of no consequence.
  private mutating func startExact() throws(LinearProgramError) -> LimitReport.Reason? {
    do {
      if case .limit(let reason) = try dualThenPrimal() { return reason }
    } catch .numericalFailure {
      try handle.makeSlackBasis()
    } catch {
      throw error
    }
    return nil
  }

  /// Runs the exact method; restarts lose nothing but a factorisation, for its path does not
  /// depend on them.
  private mutating func exactStretches(
    _ exactHandle: ProblemHandle
  ) throws(LinearProgramError) -> Finding {
    var seconds = 0.25
    var hasRetried = false
    while true {
      let done = Int(try exactHandle.state().iterations)
      if let reason = try limitReached(exactIterations: done) { return .limit(reason) }
      let settings = try exactSettings(done: done, seconds: seconds)
      guard case .returned(let code) = try exactHandle.exactSimplex(settings, stop: stop) else {
        isAlive = false
        return .limit(stop?.reason ?? .cancelled)
      }
      switch code {
      case GLP_EITLIM, GLP_ETMLIM: seconds *= 1.5
      case GLP_EBADB where !hasRetried, GLP_ESING where !hasRetried:
        hasRetried = true
        try exactHandle.makeSlackBasis()
      default:
        if let finding = try finding(after: .code(code), in: exactHandle) { return finding }
        throw .numericalFailure("the exact simplex method ended with code \(describe(.code(code)))")
      }
    }
  }

  private func exactSettings(
    done: Int, seconds: Double
  ) throws(LinearProgramError) -> cglpk_simplex_settings {
    var settings = try settings(GLP_PRIMAL)
    let made = try iterations() + done
    settings.iteration_limit = options.iterationLimit.map { Int32(clamping: $0 - made) } ?? .max
    settings.milliseconds = min(settings.milliseconds, Int32(min(seconds * 1000, 1e9)))
    return settings
  }
}
