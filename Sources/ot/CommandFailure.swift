import ArgumentParser
import Critics
import Divergences
import GLPK
import MeasureFiles
import Measures
import Transport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The exit codes of `ot`, as `Docs/CommandLine.md` lists them.
extension ExitCode {
  static let doesNotHold = ExitCode(1)
  static let usage = ExitCode(64)
  static let badData = ExitCode(65)
  static let noInput = ExitCode(66)
  static let internalError = ExitCode(70)
  static let cannotWrite = ExitCode(73)
  static let limitReached = ExitCode(75)
  static let interrupted = ExitCode(130)
}

/// Runs the body of a command and turns its errors into a line on standard error and an exit code.
func reportingFailures<Result>(_ body: () async throws -> Result) async throws -> Result {
  do {
    return try await body()
  } catch let error where !(error is ExitCode || error is ValidationError || error is CleanExit) {
    StandardError.write("error: \(error)\n")
    throw exitCode(for: error)
  }
}

/// The exit code that belongs to an error.
private func exitCode(for error: any Error) -> ExitCode {
  switch error {
  case let error as MeasureFileError: exitCode(for: error.kind)
  case let error as TransportSolverError: exitCode(for: error)
  case let error as LinearProgramError: exitCode(for: error)
  case CollectionError.pair(_, _, let error): exitCode(for: error)
  case is CollectionError: .badData
  case SensitivityError.capacities: .usage
  case is MeasureError, is TransportProblemError, is DivergenceError, is CriticTrainingError,
    is CriticFileProblem:
    .badData
  case let error as AdversarialTrainingError: exitCode(for: error)
  default: .internalError
  }
}

private func exitCode(for kind: MeasureFileError.Kind) -> ExitCode {
  switch kind {
  case .noSuchFile: .noInput
  case .badData: .badData
  case .unsupportedFormat: .usage
  case .cannotWrite: .cannotWrite
  }
}

private func exitCode(for error: TransportSolverError) -> ExitCode {
  switch error {
  case .unsupported: .usage
  case .infeasible, .tooLarge, .notExact, .unfitWarmStart: .badData
  case .numericalFailure: .internalError
  }
}

private func exitCode(for error: AdversarialTrainingError) -> ExitCode {
  switch error {
  case .invalidSetting, .unknownPreset, .otherSettings: .usage
  case .batchTooLarge, .unequalMasses, .damagedCheckpoint: .badData
  }
}

private func exitCode(for error: LinearProgramError) -> ExitCode {
  switch error {
  case .unreadableFile(let path, _): unsafe access(path, F_OK) == 0 ? .badData : .noInput
  case .unwritableFile: .cannotWrite
  case .aborted, .sessionEnded, .sessionInvalidated, .wrongThread: .internalError
  default: .badData
  }
}

/// Standard error, unbuffered.
enum StandardError {
  /// Writes a text as it is.
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Whether a person is watching.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
