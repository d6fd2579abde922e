import MeasureFiles
import Measures
import Testing
import Transport

/// Lines of JSON as problems.
struct ProblemLineTests {
  @Test func aLineAndItsProblem() throws {
    let text = #"{"id": "a", "source": [1, 2, 7], "target": {"points": [0, 2], "masses": [1, 1]}}"#
    let reading = ProblemLineReading(defaults: ProblemSettings(mass: .normalize))
    let line = try reading.problem(in: Array(text.utf8), line: 1)
    let problem = try line.problem()
    #expect(line.id == #""a""#)
    #expect(line.target == .histogram(try Histogram([1, 1], at: [0, 2])))
    #expect(problem.isOnTheLine)
    #expect(problem.totalMass == 1)
  }

  @Test func settingsOfALine() throws {
    let text =
      #"{"source": [1], "target": [1], "metric": "minkowski:3", "order": 2, "threshold": 5, "solver": "glpk", "timeLimit": 0.5, "plan": true}"#
    let settings = try ProblemLineReading(solvers: ["glpk"])
      .problem(in: Array(text.utf8), line: 1).settings
    var expected = ProblemSettings(groundCost: .minkowski(3), order: 2, threshold: 5)
    expected.solver = "glpk"
    expected.timeLimit = 0.5
    expected.wantsPlan = true
    #expect(settings == expected)
    #expect(settings.distance == .thresholded(.minkowski(3), at: 5))
  }

  /// Grids stay grids, so that they have a lattice; on a circle they are points.
  @Test func gridsStayGrids() throws {
    let text = #"{"source": {"grid": [[1, 0]]}, "target": {"grid": [[0, 1]]}}"#
    #expect(
      try ProblemLineReading().problem(in: Array(text.utf8), line: 1).problem().lattice != nil)
    let ring = try Measure.grid(Grid([1, 0, 0, 0], shape: [4]))
    let other = try Measure.grid(Grid([0, 0, 0, 1], shape: [4]))
    let problem = try TransportProblem(from: ring, to: other, cost: .circular(period: 4))
    #expect(problem.costs[0, 3] == 1)
  }

  @Test func anErrorHasThePlaceAndTheID() throws {
    let text = #"{"id": 9007199254740993, "source": [1, -2], "target": [1]}"#
    do {
      _ = try ProblemLineReading().problem(in: Array(text.utf8), line: 7)
      Issue.record("a negative mass was taken")
    } catch {
      #expect(error.id == "9007199254740993")
      #expect(error.column == 40)
      #expect(error.kind == .badData)
      #expect(error.message == "the mass -2 is negative; masses must not be negative")
    }
  }

  static let names: [(String, GroundCost?)] = [
    ("euclidean", GroundCost.euclidean), ("cityblock", .cityBlock), ("chebyshev", .chebyshev),
    ("sqeuclidean", .squaredEuclidean), ("minkowski:2.5", .minkowski(2.5)), ("minkowski:0.5", nil),
    ("minkowski:inf", nil), ("minkowski:", nil), ("Euclidean", nil), ("", nil),
  ]

  @Test(arguments: names)
  func groundCostsByName(name: String, expected: GroundCost?) {
    #expect(GroundCost(name: name) == expected)
  }
}
