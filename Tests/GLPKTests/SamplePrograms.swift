import GLPK
import Testing

/// Programs that several tests use.
enum Sample {
  /// The largest 3x + 2y where x + y ≤ 4, x + 3y ≤ 6, 0 ≤ x ≤ 3, y ≥ 0: 11 at (3, 1).
  static func textbook() -> LinearProgram {
    var program = LinearProgram(.maximize)
    let x = program.addColumn(cost: 3, bounds: .between(0, 3), name: "x")
    let y = program.addColumn(cost: 2, name: "y")
    program.addRow(.atMost(4), terms: [(x, 1), (y, 1)], name: "first")
    program.addRow(.atMost(6), terms: [(x, 1), (y, 3)], name: "second")
    return program
  }

  /// x + y at least 3 and at most 2.
  static func infeasible() -> LinearProgram {
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: 1)
    let y = program.addColumn(cost: 1)
    program.addRow(.atLeast(3), terms: [(x, 1), (y, 1)])
    program.addRow(.atMost(2), terms: [(x, 1), (y, 1)])
    return program
  }

  /// The smallest −x − y where x − y = 1 and neither is bounded above.
  static func unbounded() -> LinearProgram {
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: -1)
    let y = program.addColumn(cost: -1)
    program.addRow(.exactly(1), terms: [(x, 1), (y, -1)])
    return program
  }

  /// Transport between n sources and n sinks of mass 1/n at random points, one row redundant.
  static func transport(_ n: Int, seed: UInt64) -> LinearProgram {
    var random = SplitMix64(state: seed)
    var program = LinearProgram(.minimize)
    for i in 0..<n * n {
      program.addColumn(cost: random.unit())
      program.addTerm(1, of: .init(i), in: .init(i / n))
      program.addTerm(1, of: .init(i), in: .init(n + i % n))
    }
    for _ in 0..<2 * n { program.addRow(.exactly(1 / Double(n)), terms: []) }
    program[bounds: LinearProgram.Row(2 * n - 1)] = .free
    return program
  }

  /// A feasible and bounded program: rows hold with room or exactly at a hidden point.
  static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> LinearProgram {
    var random = SplitMix64(state: seed)
    var program = LinearProgram(random.unit() < 0.5 ? .minimize : .maximize)
    program.objectiveConstant = random.unit()
    let point = (0..<columns).map { _ in 2 * random.unit() - 1 }
    for value in point {
      let room = random.unit()
      let bounds: LinearProgram.Bounds =
        room < 0.1 ? .exactly(value) : .between(value - room, value + 2 * room)
      program.addColumn(cost: 2 * random.unit() - 1, bounds: bounds)
    }
    for _ in 0..<rows {
      let terms = (0..<columns).map { (LinearProgram.Column($0), 2 * random.unit() - 1) }
      let sum = terms.reduce(0) { $0 + $1.1 * point[$1.0.index] }
      let kinds: [LinearProgram.Bounds] = [
        .atLeast(sum - 0.1), .atMost(sum + 0.1), .between(sum - 0.1, sum + 0.2), .exactly(sum),
        .free,
      ]
      program.addRow(kinds[Int(random.next() % 5)], terms: terms)
    }
    return program
  }
}

/// Steele, Lea and Flood's SplitMix64, so that a seed means the same numbers everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

extension LinearProgramSolution {
  /// The certificate of an infeasible outcome that has one.
  var farkas: FarkasCertificate? {
    if case .infeasible(let certificate) = outcome { certificate } else { nil }
  }

  /// The ray of an unbounded outcome that has one.
  var ray: UnboundedRay? {
    if case .unbounded(let ray) = outcome { ray } else { nil }
  }

  /// The report of a solve that a limit ended.
  var limit: LimitReport? {
    if case .limitReached(let report) = outcome { report } else { nil }
  }
}

extension LinearProgram {
  /// The objective of a solve that must give one.
  func optimum(_ options: SolveOptions = SolveOptions()) throws -> Double {
    try #require(try solve(options).objective)
  }
}
