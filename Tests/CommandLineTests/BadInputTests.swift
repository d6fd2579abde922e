import DocumentationSupport
import Foundation
import Testing

/// What a stranger may feed `ot`: each with its exit code and a message that says what, where and what
/// to do.
@Suite struct BadInput {
  let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func expect(
    _ result: CommandLine.Result, status: Int32, says words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(result.status == status, "\(result.error)", sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    for word in words {
      #expect(result.error.contains(word), "\(result.error)", sourceLocation: sourceLocation)
    }
  }

  @Test func emptyFile() throws {
    let file = try workspace.file("empty.csv", "")
    expect(try CommandLine.ot("emd", file, "1,2"), status: 65, says: "empty.csv", "empty")
  }

  @Test func missingFile() throws {
    let path = workspace.path("missing.csv")
    expect(try CommandLine.ot("emd", path, "1,2"), status: 66, says: "missing.csv", "no such file")
  }

  @Test func directory() throws {
    expect(
      try CommandLine.ot("emd", workspace.folder.path, "1,2"), status: 65, says: "directory")
  }

  @Test func cellThatIsNoNumber() throws {
    let file = try workspace.file("cell.csv", "x,mass\n1,0.5\n2,abc\n")
    expect(
      try CommandLine.ot("emd", file, "1,2"), status: 65, says: "cell.csv:3:3", "abc", "mass")
  }

  @Test func raggedRows() throws {
    let file = try workspace.file("ragged.csv", "1,2\n3\n")
    expect(
      try CommandLine.ot("emd", file, "1,2", "--layout", "grid"), status: 65, says: "ragged.csv:2")
  }

  @Test func notANumber() throws {
    expect(try CommandLine.ot("emd", "1,nan", "1,1"), status: 65, says: "bin 1", "nan")
  }

  @Test func infinity() throws {
    expect(try CommandLine.ot("emd", "1,1", "inf,1"), status: 65, says: "bin 0", "inf")
  }

  @Test func negativeMass() throws {
    expect(try CommandLine.ot("emd", "1,-1", "1,1"), status: 65, says: "bin 1", "-1", "negative")
  }

  @Test func allZeroMass() throws {
    expect(try CommandLine.ot("emd", "0,0", "1,1"), status: 65, says: "zero")
  }

  @Test func unequalTotals() throws {
    expect(
      try CommandLine.ot("emd", "1,2,3", ".5,.5"), status: 65, says: "total 6", "1;",
      "--mass normalize")
  }

  @Test func unequalTotalsOfADivergence() throws {
    expect(
      try CommandLine.ot("divergence", "1,2,3", "1,1,1"), status: 65, says: "6.0", "3.0",
      "normalize")
  }

  @Test func differentBinsOfADivergence() throws {
    expect(
      try CommandLine.ot("divergence", ".5,.5", ".5,.25,.25"), status: 65, says: "2", "3", "bins")
  }

  @Test func wrongShapeOfTheCosts() throws {
    let file = try workspace.file("cost.csv", "0,1\n1,0\n")
    expect(
      try CommandLine.ot("emd", "1,1,1", "1,1,1", "--cost", file), status: 65, says: "2 × 2", "3")
  }

  @Test func costsBesideAMetric() throws {
    let file = try workspace.file("cost.csv", "0,1\n1,0\n")
    expect(
      try CommandLine.ot("emd", "1,1", "1,1", "--cost", file, "--metric", "euclidean"),
      status: 64, says: "--cost")
  }

  @Test func infeasibleCosts() throws {
    let file = try workspace.file("cost.csv", "inf,1\ninf,0\n")
    expect(
      try CommandLine.ot("emd", "1,1", "1,1", "--cost", file), status: 65,
      says: "no transport plan", "sources 0, 1", "target 1")
  }

  @Test func zeroBins() throws {
    let file = try workspace.file("none.json", "[]")
    expect(try CommandLine.ot("emd", file, "1"), status: 65, says: "none.json")
  }

  @Test(arguments: ["0.5", "0", "-1", "nan", "abc"])
  func orderBelowOne(order: String) throws {
    expect(
      try CommandLine.ot("emd", "1,1", "1,1", "--order=\(order)"), status: 64, says: "order")
  }

  @Test(arguments: ["minkowski:0.5", "minkowski:", "manhattan"])
  func unknownMetric(metric: String) throws {
    expect(
      try CommandLine.ot("emd", "1,1", "1,1", "--metric", metric), status: 64, says: "--metric",
      "P ≥ 1")
  }

  @Test func unknownOption() throws {
    expect(try CommandLine.ot("emd", "1,1", "1,1", "--bogus"), status: 64, says: "--bogus")
  }

  @Test func standardInputTwice() throws {
    expect(try CommandLine.ot("emd", "-", "-"), status: 64, says: "standard input")
  }

  @Test func arrayFileOfAnotherKind() throws {
    let file = try workspace.file("text.npy", "this is no array")
    expect(try CommandLine.ot("emd", file, "1,2"), status: 65, says: "text.npy")
  }

  @Test func truncatedArrayFile() throws {
    let file = try workspace.file("short.npy", npy(shape: "(3,)", bytes: 16))
    expect(try CommandLine.ot("emd", file, "1,2"), status: 65, says: "short.npy")
  }

  @Test(arguments: [
    "(99999999999999999999,)", "(4294967296, 4294967296)", "(-3,)", "(1000000000000,)",
  ])
  func arrayFileWithAnAbsurdHeader(shape: String) throws {
    let file = try workspace.file("absurd.npy", npy(shape: shape, bytes: 8))
    expect(
      try CommandLine.ot("emd", file, "1,2", "--layout", "grid"), status: 65, says: "absurd.npy")
  }

  private func npy(shape: String, bytes: Int) -> Data {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: (64 - (10 + header.count + 1) % 64) % 64) + "\n"
    var data = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0])
    data += Data([UInt8(header.count & 0xFF), UInt8(header.count >> 8)]) + Data(header.utf8)
    return data + Data(repeating: 0, count: bytes)
  }

  @Test func twoColumnsWithoutAHeader() throws {
    let file = try workspace.file("two.csv", "0,1\n1,2\n")
    expect(try CommandLine.ot("emd", file, "1,2"), status: 65, says: "two.csv", "--layout")
  }

  @Test func twoMassColumns() throws {
    let file = try workspace.file("masses.csv", "x,mass,weight\n0,1,2\n")
    expect(try CommandLine.ot("emd", file, "1,2"), status: 65, says: "mass", "weight")
  }

  @Test func malformedProgram() throws {
    let file = try workspace.file(
      "broken.mps", "NAME\nROWS\n N cost\nCOLUMNS\n x cost abc\nENDATA\n")
    expect(try CommandLine.ot("lp", file), status: 65, says: "broken.mps", "5")
  }

  @Test func missingProgram() throws {
    expect(try CommandLine.ot("lp", workspace.path("no.mps")), status: 66, says: "no.mps")
  }

  @Test func outputThatCannotBeWritten() throws {
    let result = try CommandLine.ot(
      "emd", "1,2", "2,1", "--plan", workspace.path("no/such/folder/plan.csv"))
    #expect(result.status == 73)
    #expect(result.output.contains("distance"), "what was computed is not lost")
    #expect(result.error.contains("plan.csv"))
  }

  @Test func solverThatDoesNotApply() throws {
    let file = try workspace.file("plane.csv", "x,y\n0,0\n1,1\n")
    expect(
      try CommandLine.ot("emd", file, file, "--solver", "monotone"), status: 64, says: "line")
  }

  @Test func exactDataThatIsNotExact() throws {
    expect(
      try CommandLine.ot("emd", ".5,.5", ".5,.6", "--exact"), status: 65, says: "--mass normalize")
  }

  /// GLPK writes the file, which would be plain under a name that says packed.
  @Test func packedLinearProgramsAreRefused() throws {
    expect(
      try CommandLine.ot("emd", "1", "1", "--export-lp", workspace.path("p.mps.gz")), status: 64,
      says: "pack the file with gzip")
  }

  /// A result that cannot be written is not lost in silence.
  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [
      "emd 1,2 2,1", "emd 1,2 2,1 --json", "divergence .5,.5 .5,.5", "compare 1,2 2,1", "doctor",
      "manual",
    ])
  func aFullDeviceIsAnError(command: String) async throws {
    let run = try await ProgramRun("/bin/bash", ["-c", "ot \(command) > /dev/full; echo $? >&2"])
    #expect(
      run.errors.hasPrefix("error: standard output: cannot be written: No space left on device"))
    #expect(run.errors.hasSuffix("\n73\n"))
  }
}
