import Foundation
import Testing

/// `ot critic` and `ot compare --critic`, run as a shell would.
@Suite struct CriticCommandTests {
  private let few = ["0,1,0", "1,0,0", "--method", "min-funnel", "--steps", "60"]

  private func object(_ result: CommandLine.Result) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test func criticsAreMeasuredAndNeverSeeTheExactValue() throws {
    let held = try CommandLine.ot(["critic"] + few + ["--json"])
    let alone = try CommandLine.ot(["critic"] + few + ["--json", "--without-exact"])
    #expect(try object(held)["estimate"] as? Double == object(alone)["estimate"] as? Double)
    #expect(try object(held)["exact"] as? Double == 1)
    #expect(try object(alone)["exact"] is NSNull)
    let bound = try #require(object(held)["certifiedLowerBound"] as? Double)
    #expect(bound > 0.9 && bound <= 1 + 1e-9)
  }

  @Test func jsonHasTheKeysOfTheContract() throws {
    let result = try object(CommandLine.ot(["critic"] + few + ["--json", "--seed", "3"]))
    #expect(
      Set(result.keys) == [
        "method", "exact", "estimate", "relativeError", "lipschitzBound", "lipschitzOnSupport",
        "lipschitzByForm", "certifiedLowerBound", "cTransformLowerBound", "recoveredShare",
        "violations", "slopeOnPlan", "slackArcs", "gradientCosine", "steps", "seconds", "seed",
        "usedExact", "divergedAt", "batches", "history",
      ])
    #expect(result["usedExact"] as? Bool == false && result["seed"] as? Int == 3)
    #expect(result["lipschitzByForm"] as? Bool == true)
    let violations = try #require(result["violations"] as? [String: Any])
    #expect(violations["pairs"] as? Int == 0 && violations["ofPairs"] as? Int == 1)
    let history = try #require(result["history"] as? [[String: Any]])
    #expect(history.last?["step"] as? Int == 60)
    for entry in history {
      #expect(try #require(entry["cTransformLowerBound"] as? Double) <= 1 + 1e-9)
    }
  }

  /// λ of each layer stands in the history of spectral normalisation.
  @Test func lambdaIsInTheHistory() throws {
    let result = try object(
      CommandLine.ot(
        "critic", "0,1,0", "1,0,0", "--method", "spectral", "--hidden", "4,4", "--steps", "3",
        "--json"))
    let history = try #require(result["history"] as? [[String: Any]])
    #expect((history[0]["spectralRegularization"] as? [Double])?.count == 3)
  }

  @Test(arguments: [
    ["--steps", "0"], ["--hidden", "0"], ["--hidden", "3", "--method", "orthonormal"],
    ["--method", "neural"], ["--batch", "0"], ["--stop-at-gap", "1"],
    ["--stop-at-gap", "0.1", "--without-exact"], ["--activation", "cosine"],
    ["--lipschitz", "0"], ["--method", "potential-regression", "--without-exact"],
    ["--save", "x", "--method", "all"], ["--load", "x", "--steps", "5"], ["--evaluate", "x"],
  ])
  func badSettingsAreUsageErrors(arguments: [String]) throws {
    let result = try CommandLine.ot(["critic", "1,0", "0,1"] + arguments)
    #expect(result.status == 64)
    #expect(result.error.contains(arguments[0]))
    #expect(result.output.isEmpty)
  }

  @Test func twoMeasuresAreNeeded() throws {
    let result = try CommandLine.ot("critic", "1,0")
    #expect(result.status == 64 && result.error.contains("two measures are needed"))
  }

  @Test func measuresOfDifferentDimensionsAndNaNAreBadData() throws {
    let workspace = try Workspace()
    let plane = try workspace.file("plane.csv", "x,y\n0,0\n1,1\n")
    let broken = try workspace.file("broken.csv", "x,y\n0,nan\n1,1\n")
    #expect(try CommandLine.ot("critic", plane, "1,1").status == 65)
    let result = try CommandLine.ot("critic", plane, broken)
    #expect(result.status == 65 && result.error.contains("nan"))
  }

  /// One atom, and atoms that coincide: distance 0, and the words say so.
  @Test(arguments: ["c-transform", "spectral", "batch-normalization"])
  func coincidentAtomsHaveDistanceZero(method: String) throws {
    let workspace = try Workspace()
    let one = try workspace.file("one.csv", "x,y\n1,2\n")
    let same = try workspace.file("same.csv", "x,y\n1,2\n1,2\n")
    let result = try object(
      CommandLine.ot(
        "critic", one, same, "--method", method, "--steps", "3", "--hidden", "4", "--json"))
    #expect(result["exact"] as? Double == 0 && result["lipschitzOnSupport"] as? Double == 0)
    #expect(abs(try #require(result["estimate"] as? Double)) < 1e-12)
    #expect(result["relativeError"] is NSNull)
  }

  @Test func whatSeesTheExactValueSaysSo() throws {
    let arguments = ["critic", "0,1,0", "1,0,0", "--steps", "40"]
    let stopped = try CommandLine.ot(
      arguments + ["--method", "min-funnel", "--stop-at-gap", "0.5", "--json"])
    #expect(try object(stopped)["usedExact"] as? Bool == true)
    #expect(try #require(object(stopped)["steps"] as? Int) < 40)
    let text = try CommandLine.ot(arguments + ["--method", "potential-regression"]).output
    #expect(text.contains("saw the exact value") && text.contains("slope not bounded"))
  }

  @Test func batchesShowTheBiasOfSampling() throws {
    let arguments = ["critic", "1,2,3,4", "4,3,2,1", "--method", "min-funnel", "--steps", "30"]
    let result = try CommandLine.ot(arguments + ["--batch", "3"])
    #expect(result.output.contains("batches of 3") && result.output.contains("bias of sampling"))
    let batches = try #require(
      object(CommandLine.ot(arguments + ["--batch", "3", "--json"]))["batches"] as? [String: Any])
    #expect(batches["size"] as? Int == 3 && batches["count"] as? Int == 8)
  }

  /// Saved, loaded and evaluated: the same estimate to the last digit, and the values of the critic.
  @Test func aSavedCriticIsLoadedAndEvaluated() throws {
    let workspace = try Workspace()
    let file = workspace.path("critic.txt")
    let trained = try CommandLine.ot(["critic"] + few + ["--save", file, "--json"])
    #expect(trained.status == 0 && trained.error.isEmpty)
    let loaded = try CommandLine.ot("critic", "0,1,0", "1,0,0", "--load", file, "--json")
    for key in ["estimate", "lipschitzOnSupport", "certifiedLowerBound", "cTransformLowerBound"] {
      #expect(try object(loaded)[key] as? Double == object(trained)[key] as? Double)
    }
    #expect(try object(loaded)["method"] as? String == "loaded")
    #expect(try object(loaded)["seed"] is NSNull)
    let values = try CommandLine.ot("critic", "--load", file, "--evaluate", "1,1,1")
    #expect(values.output.hasPrefix("x0,value\n0,"))
    let numbers = try CommandLine.ot("critic", "--load", file, "--evaluate", "1,1,1", "--quiet")
      .output.split(separator: "\n").compactMap { Double($0) }
    #expect(numbers.count == 3)
    let estimate = try #require(object(trained)["estimate"] as? Double)
    #expect(abs(numbers[1] - numbers[0] - estimate) < 1e-12)
    let other = try CommandLine.ot("critic", "0,0,1", "1,0,0", "--load", file)
    #expect(other.status == 0 && other.output.contains("loaded"))
  }

  @Test func savedCriticsThatCannotBeUsedAreNamed() throws {
    let workspace = try Workspace()
    let file = workspace.path("critic.txt")
    _ = try CommandLine.ot(["critic"] + few + ["--save", file])
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let plane = try workspace.file("plane.csv", "x,y\n0,0\n1,1\n")
    let damaged = try workspace.file("damaged.txt", text.replacing("scale 0", with: "scale 1"))
    let short = try workspace.file("short.txt", String(text.prefix(text.count / 2)))
    let later = try workspace.file("later.txt", text.replacing("critic 1", with: "critic 9"))
    let cases = [
      (file, plane, 65, "1 coordinate, and these have 2"), (damaged, "1,0", 65, "checksum"),
      (short, "1,0", 65, "cut off"), (later, "1,0", 65, "version 9"),
      (plane, "1,0", 65, "no saved critic"),
      (workspace.path("none.txt"), "1,0", 66, "no such file"),
    ]
    for (path, measure, status, words) in cases {
      let result = try CommandLine.ot("critic", measure, measure, "--load", path)
      #expect(result.status == status, "\(words)")
      #expect(result.error.contains(words), "\(result.error)")
    }
    let unwritable = try CommandLine.ot(["critic"] + few + ["--save", "/nowhere/critic.txt"])
    #expect(unwritable.status == 73 && unwritable.output.contains("min-funnel"))
  }

  @Test func compareTakesCritics() throws {
    let measures = ["compare", ".5,.5,0", ".25,.25,.5"]
    let text = try CommandLine.ot(measures + ["--critic", "min-funnel"]).output
    #expect(text.contains("critic, min-funnel") && text.contains("proves at least"))
    #expect(try CommandLine.ot(measures + ["--critic"]).output.contains("critic, c-transform"))
    let squared = try CommandLine.ot(measures + ["--critic", "--order", "2"]).output
    #expect(squared.contains("critics need the Euclidean distance of order 1"))
    #expect(try CommandLine.ot(measures + ["--critic", "neural"]).status == 64)
    let json = try object(CommandLine.ot(measures + ["--critic", "min-funnel", "--json"]))
    #expect((json["critics"] as? [Any])?.count == 1)
  }
}
