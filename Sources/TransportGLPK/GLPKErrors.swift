import GLPK
import Transport

/// Turns what GLPK throws into errors of a transport solver.
enum GLPKErrors {
  /// Runs a closure; errors of GLPK come out as numerical failures with GLPK's words.
  static func translated<Result>(
    _ body: () throws -> Result
  ) throws(TransportSolverError) -> Result {
    do {
      return try body()
    } catch let error as TransportSolverError {
      throw error
    } catch let error as LinearProgramError {
      throw .numericalFailure("GLPK: \(error)")
    } catch {
      throw .numericalFailure("\(error)")
    }
  }
}

/// How GLPK is asked to solve the scaled programs of this module.
enum ScaledProgram {
  /// Reduced costs below this, against a largest cost of one, count as zero.
  static let dualTolerance = 0x1p-36

  /// Settings for programs whose largest cost and total mass are one.
  static func options(
    _ method: SolveOptions.Method, _ limit: LimitWatch
  ) -> SolveOptions {
    SolveOptions(
      method: method, primalTolerance: 1e-11, dualTolerance: 1e-11,
      timeLimit: limit.remaining.map { max($0, .zero) })
  }
}
