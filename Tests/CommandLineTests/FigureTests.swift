import DocumentationSupport
import Foundation
import Testing

@Suite struct FigureOptionTests {
  let workspace: Workspace
  let p = EMDCommandTests.p
  let q = EMDCommandTests.q

  init() throws { workspace = try Workspace() }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func figuresAreTheSameEveryTime() throws {
    let paths = ["one.svg", "two.svg"].map(workspace.path)
    for path in paths {
      let result = try CommandLine.ot("emd", p, q, "--quiet", "--figure", path)
      #expect(result.status == 0 && result.output == "0.9\n")
    }
    #expect(try text(paths[0]) == (try text(paths[1])))
    #expect(try text(paths[0]).contains("area between = 0.9"))
  }

  @Test func theReportHasNumbersCertificateFigureAndCommand() throws {
    let path = workspace.path("report.html")
    let result = try CommandLine.ot("emd", p, q, "--report", path)
    #expect(result.status == 0)
    let page = try text(path)
    for word in [
      "<td>0.9</td>", "without trust in the solver", "<svg", "ot emd \(p) \(q) --report",
    ] {
      #expect(page.contains(word), "\(word)")
    }
  }

  @Test(arguments: ["clipping", "all"])
  func criticsHaveALearningCurve(method: String) throws {
    let (figure, report) = (workspace.path("curve.svg"), workspace.path("critic.html"))
    let result = try CommandLine.ot(
      "critic", "0,1,0", "1,0,0", "--method", method, "--steps", "20", "--hidden", "4", "--figure",
      figure, "--report", report)
    #expect(result.status == 0)
    let panels = try text(figure).components(separatedBy: ">estimate</text>").count - 1
    #expect(panels == (method == "all" ? result.output.split(separator: "\n").count - 2 : 1))
    #expect(try text(report).contains("never above the exact distance"))
  }

  @Test func comparisonsHaveAPageToo() throws {
    let path = workspace.path("compare.html")
    #expect(try CommandLine.ot("compare", p, q, "--report", path).status == 0)
    #expect(try text(path).contains("network simplex"))
  }

  @Test(arguments: [["--figure", "picture.png"], ["--report", "page.pdf"]])
  func otherFormatsAreUsageErrors(arguments: [String]) throws {
    let result = try CommandLine.ot(["emd", p, q] + arguments)
    #expect(result.status == 64)
    #expect(result.error.contains(arguments[0]))
  }

  /// The result is printed, and every file that can be written is.
  @Test func aFileThatCannotBeWrittenKeepsNothingBack() throws {
    let (plan, report) = (workspace.path("no/folder/plan.csv"), workspace.path("report.html"))
    let result = try CommandLine.ot(
      "emd", p, q, "--quiet", "--plan", plan, "--figure", workspace.path("no/folder/x.svg"),
      "--report", report)
    #expect(result.status == 73)
    #expect(result.output == "0.9\n")
    #expect(result.error.contains("plan.csv"))
    #expect(try text(report).contains("<svg"))
  }

  @Test func aLimitWithoutAPlanStillDraws() throws {
    let images = ["camera", "astronaut"].map {
      Repository.root.appending(path: "Examples/data/\($0)-32x32.csv").path
    }
    let figure = workspace.path("limit.svg")
    let result = try CommandLine.ot(
      ["emd"] + images
        + [
          "--layout", "grid", "--mass", "normalize", "--time-limit", "0", "--figure", figure,
        ])
    #expect(result.status == 75)
    #expect(try text(figure).contains("a limit was reached"))
  }

  @Test func blocksAreShownWithoutColoursWhereNobodyWatches() throws {
    let result = try CommandLine.ot("emd", p, q, "--show")
    let shown = result.output.components(separatedBy: "\n\n")[1]
    #expect(shown.contains("█") && !shown.contains("\u{1B}"))
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try CommandLine.ot("emd", p, q, "--show", "--json").status == 64)
  }

  @Test func thePlanIsShownUnderAMatrixOfCosts() throws {
    let cost = try workspace.file("cost.csv", "0,1\n1,0\n")
    let result = try CommandLine.ot("emd", "1,2", "2,1", "--cost", cost, "--show")
    #expect(result.output.contains("plan: sources down, targets across\n██"))
  }
}

/// The page that a browser shows.
@Suite(
  .serialized,
  .enabled(if: Browser.isInstalled, "needs chromium: apt-get install chromium"))
struct ReportPageTests {
  @Test(arguments: [false, true])
  func theReportOfTwoImagesIsSeen(isDark: Bool) async throws {
    let workspace = try Workspace()
    let images = ["camera", "astronaut"].map {
      Repository.root.appending(path: "Examples/data/\($0)-32x32.csv").path
    }
    let path = workspace.path("report.html")
    let result = try CommandLine.ot(
      ["emd"] + images
        + [
          "--layout", "grid", "--mass", "normalize", "--metric", "sqeuclidean", "--report", path,
        ])
    #expect(result.status == 0)
    let page = try String(contentsOfFile: path, encoding: .utf8)
    let findings = try await Browser.findings(in: page, isDark: isDark)
    #expect(findings.shapes.count == 1)
    #expect(findings.shapes.allSatisfy { $0 > 100 })
    #expect(findings.overlaps == [] && findings.outside == [] && findings.loaded == [])
    #expect(findings.words[0].contains("Displacement"))
  }
}
