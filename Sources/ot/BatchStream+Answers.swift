import ArgumentParser
import MeasureFiles
import Measures
import Reports
import Transport

extension BatchStream {
  /// The answer to a line, which is an error's where something is wrong with it.
  func answer(to line: NumberedLine, by solver: BatchSolver) -> Answer {
    var id: String?
    do {
      let bytes = try bytes(of: line)
      let problem = try reading.problem(in: bytes, line: line.number)
      id = problem.id
      let answer = try solver.solve(problem)
      let certificate = answer.solution.certificate(for: answer.problem)
      let text = BatchAnswer(
        id: id, solution: answer.solution, of: answer.problem, certificate: certificate,
        plan: problem.settings.wantsPlan, potentials: problem.settings.wantsPotentials
      ).json.text
      let isFine = certificate.holds || answer.solution.outcome == .limitReached
      return Answer(text: text, kind: isFine ? .solved : .doubtful)
    } catch {
      let fault = Fault(error)
      return Answer(
        text: BatchAnswer(
          id: fault.id ?? id, line: line.number, column: fault.column, kind: fault.kind,
          message: fault.message
        ).json.text, kind: .error)
    }
  }

  private func bytes(of line: NumberedLine) throws -> [UInt8] {
    switch line.line {
    case .text(let bytes): return bytes
    case .tooLong(let count): throw LineTooLong(count: count)
    }
  }
}

/// A line that was passed over.
private struct LineTooLong: Error {
  let count: Int
}

/// What an answer says of an error.
private struct Fault {
  var id: String?
  var column: Int?
  let kind: String
  let message: String

  init(_ error: any Error) {
    switch error {
    case let error as ProblemLineError: self.init(error)
    case let error as LineTooLong:
      self.init(
        kind: "badData",
        message: "the line has \(error.count) bytes; --longest-line says how many may be read")
    case let error as TransportSolverError:
      self.init(kind: Self.kind(of: error), message: "\(error)")
    case let error as ValidationError: self.init(kind: "unsupported", message: error.message)
    case is TransportProblemError, is MeasureError: self.init(kind: "badData", message: "\(error)")
    default: self.init(kind: "failed", message: "\(error)")
    }
  }

  private init(kind: String, message: String) {
    self.kind = kind
    self.message = message
  }

  private init(_ error: ProblemLineError) {
    id = error.id
    column = error.column
    message = error.message
    kind =
      switch error.kind {
      case .noSuchFile: "noSuchFile"
      case .unsupportedFormat: "unsupported"
      case .badData, .cannotWrite: "badData"
      }
  }

  private static func kind(of error: TransportSolverError) -> String {
    switch error {
    case .unsupported: "unsupported"
    case .infeasible: "infeasible"
    case .tooLarge, .notExact, .unfitWarmStart: "badData"
    case .numericalFailure: "failed"
    }
  }
}
