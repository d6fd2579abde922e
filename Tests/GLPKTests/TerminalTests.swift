import GLPK
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite(.serialized) struct TerminalTests {
  @Test(arguments: [Int32(1), 2])
  func nothingOfGLPKReachesTheTerminal(_ descriptor: Int32) throws {
    let written = try captured(descriptor) {
      for method in SolveOptions.Method.allCases {
        for presolve in [false, true] {
          let options = SolveOptions(method: method, presolve: presolve, scaling: true)
          _ = try Sample.textbook().solve(options)
          _ = try Sample.infeasible().solve(options)
          _ = try Sample.unbounded().solve(options)
        }
      }
      _ = try? LinearProgram(contentsOf: "/nonexistent.mps")
    }
    // The test runner may write in the meantime, so these are words that only GLPK uses.
    for word in ["GLPK", "glp_", "OPTIMAL", "FEASIBLE", "Reading problem", "Scaling", "objval"] {
      #expect(!written.contains(word))
    }
  }

  /// What reaches a file descriptor during some work; it is passed on afterwards.
  private func captured(_ descriptor: Int32, _ work: () throws -> Void) throws -> String {
    try withFile(named: "captured") { path in
      fflush(nil)
      let saved = dup(descriptor)
      let file = unsafe open(path, O_RDWR | O_CREAT, 0o600)
      dup2(file, descriptor)
      defer { close(file) }
      let outcome = Swift.Result { try work() }
      fflush(nil)
      dup2(saved, descriptor)
      close(saved)
      try outcome.get()
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      let count = unsafe pread(file, &bytes, bytes.count, 0)
      _ = unsafe write(descriptor, bytes, max(0, count))
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
  }
}
