import MeasureFiles
import Measures
import Testing
import Transport

/// The minimum cost flow that other solvers are given.
struct DIMACSWritingTests {
  private func text(_ problem: TransportProblem) throws -> String {
    let folder = try TemporaryFolder()
    try problem.writeDIMACS(to: folder.path + "/p.min")
    return String(decoding: try folder.bytes(folder.path + "/p.min"), as: UTF8.self)
  }

  private func reading(_ text: String) throws -> Histogram {
    try MeasureReading(precision: .decimal).histogram(literal: text)
  }

  /// Decimals become integers by a scale that the comments give; a forbidden arc is left out.
  @Test func wholeFile() throws {
    let cost = try CostMatrix([0, 0.5, 1.5, .infinity, 0.25, 2], rows: 2, columns: 3)
    let problem = try TransportProblem(
      from: reading(".5,.5"), to: reading(".25,.75,0"), cost: cost)
    #expect(
      try text(problem) == """
        c minimum cost flow of a transport problem: sources 1 to 2, targets 3 to 5
        c a unit of mass is 1/4
        c a unit of cost is 1/4
        p min 5 5
        n 1 2
        n 2 2
        n 3 -1
        n 4 -3
        a 1 3 0 4 0
        a 1 4 0 4 2
        a 1 5 0 4 6
        a 2 4 0 4 1
        a 2 5 0 4 8

        """)
  }

  /// The file read back is the problem: the optimum times both units is the exact cost.
  @Test func optimumOfTheFile() throws {
    var random = SplitMix(state: 6)
    for _ in 0..<20 {
      func masses() throws -> Histogram {
        let units = (0..<5).map { _ in Int.random(in: 0...30, using: &random) }
        return try reading((units + [1]).map { "\($0)e-2" }.joined(separator: ","))
      }
      let costs = (0..<36).map { _ in Double(Int.random(in: -9...99, using: &random)) / 8 }
      let problem = try TransportProblem(
        from: masses(), to: masses(), cost: CostMatrix(costs, rows: 6, columns: 6), mass: .normalize
      )
      let flow = FlowFile(try text(problem))
      let optimum = try NetworkSimplex().solve(flow.problem()).cost
      let cost = try NetworkSimplex().solve(problem).cost
      #expect(abs(optimum * flow.massUnit * flow.costUnit - cost) <= 1e-12 * abs(cost))
    }
  }

  @Test func refusals() throws {
    let points = try PointCloud([[0, 0], [1, 2]])
    func reason(_ problem: TransportProblem) throws -> String {
      try failure { () throws(MeasureFileError) in try problem.writeDIMACS(to: "/tmp/no.min") }
        .what
    }
    #expect(
      try reason(TransportProblem(from: points, to: points))
        == "the problem has no form in integers: its costs are irrational")
    let third = try Histogram([1.0 / 3, 2.0 / 3])
    #expect(
      try reason(TransportProblem(from: third, to: third))
        .hasPrefix("the problem has no form in integers: "))
    let limits = try CostMatrix([1, 1, 1, 1], rows: 2, columns: 2)
    #expect(
      try reason(
        TransportProblem(from: Histogram([1, 1]), to: Histogram([1, 1]), capacities: limits))
        == "the problem has no form in integers: it has capacities")
    let wide = try reading("1e-30,1")
    #expect(
      try reason(TransportProblem(from: wide, to: wide))
        == "the problem has no form in integers: masses or costs need more than 64 bits")
  }
}

/// A DIMACS file as another program reads it.
private struct FlowFile {
  private var supplies: [Int: Double] = [:]
  private var costs: [[Int]: Double] = [:]
  private(set) var massUnit = 0.0
  private(set) var costUnit = 0.0
  private var nodes = 0

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch words[0] {
      case "c" where line.hasPrefix("c a unit of mass is"): massUnit = Self.fraction(words)
      case "c" where line.hasPrefix("c a unit of cost is"): costUnit = Self.fraction(words)
      case "p": nodes = Int(words[2]) ?? 0
      case "n": supplies[Int(words[1]) ?? 0] = Double(words[2])
      case "a": costs[[Int(words[1]) ?? 0, Int(words[2]) ?? 0]] = Double(words[5])
      default: break
      }
    }
  }

  private static func fraction(_ words: [String]) -> Double {
    let parts = (words.last ?? "").split(separator: "/").compactMap { Double($0) }
    return parts.count == 2 ? parts[0] / parts[1] : parts[0]
  }

  /// The transport problem between the first half of the nodes and the second.
  func problem() throws -> TransportProblem {
    let half = nodes / 2
    return try TransportProblem(
      from: Histogram((1...half).map { supplies[$0] ?? 0 }),
      to: Histogram((half + 1...nodes).map { -(supplies[$0] ?? 0) }),
      cost: CostMatrix(
        (1...half).flatMap { i in (half + 1...nodes).map { j in costs[[i, j]] ?? .infinity } },
        rows: half, columns: half))
  }
}
