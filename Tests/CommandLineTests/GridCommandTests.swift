import Foundation
import Testing

/// `ot emd` between grids: spacing, masks, the solver by name, and what does not suit it.
@Suite struct GridCommandTests {
  private let workspace: Workspace
  private let p: String
  private let q: String

  init() throws {
    workspace = try Workspace()
    p = try workspace.file("p.csv", "1,0,0\n0,0,0\n")
    q = try workspace.file("q.csv", "0,0,0\n0,0,1\n")
  }

  private func distance(_ options: String...) throws -> String {
    let result = try CommandLine.ot(
      ["emd", p, q, "--layout", "grid", "--quiet"] + options)
    #expect(result.status == 0, "\(result.error)")
    return result.output.trimmingCharacters(in: .newlines)
  }

  @Test func spacingIsPerAxisOrForAll() throws {
    #expect(try distance("--metric", "cityblock") == "3")
    #expect(try distance("--metric", "cityblock", "--spacing", "10,1") == "12")
    #expect(try distance("--metric", "cityblock", "--spacing", "0.5") == "1.5")
    #expect(try distance("--metric", "chebyshev", "--spacing", "1,2") == "4")
    #expect(try distance("--spacing", "3,2") == "5")
  }

  @Test func theSolverIsKnownByNameAndByAutomatic() throws {
    let named = try CommandLine.ot(
      "emd", p, q, "--layout", "grid", "--solver", "grid-flow", "--metric", "sqeuclidean")
    #expect(named.output.contains("grid-flow: asked for"))
    let automatic = try CommandLine.ot("emd", p, q, "--layout", "grid", "--metric", "cityblock")
    #expect(automatic.output.contains("grid-flow: a grid and its steps along the axes"))
  }

  @Test func aMaskLeavesPixelsOut() throws {
    let a = try workspace.file("a.csv", "1,5,0\n")
    let b = try workspace.file("b.csv", "0,7,1\n")
    let mask = try workspace.file("mask.csv", "1,0,1\n")
    let result = try CommandLine.ot(
      "emd", a, b, "--layout", "grid", "--mask", mask, "--metric", "cityblock", "--quiet")
    #expect(result.output == "2\n")
    let turned = try workspace.file("turned.csv", "1\n0\n1\n")
    let refused = try CommandLine.ot("emd", a, b, "--layout", "grid", "--mask", turned)
    #expect(refused.status == 65)
    #expect(refused.error.contains("mask"))
  }

  @Test func whatDoesNotSuitIsSaid() throws {
    let points = try CommandLine.ot("emd", p, q, "--layout", "points", "--solver", "grid-flow")
    #expect(points.status == 64)
    #expect(points.error.contains("two grids"))
    let spacing = try CommandLine.ot("emd", "1,2", "2,1", "--spacing", "2")
    #expect(spacing.status == 64)
    #expect(spacing.error.contains("--layout grid"))
    let negative = try CommandLine.ot("emd", p, q, "--layout", "grid", "--spacing", "1,-2")
    #expect(negative.status == 64)
    let three = try CommandLine.ot("emd", p, q, "--layout", "grid", "--spacing", "1,2,3")
    #expect(three.status == 65)
    let exact = try CommandLine.ot(
      "emd", p, q, "--layout", "grid", "--solver", "grid-flow", "--exact")
    #expect(exact.status == 64)
  }
}
