import Experiments
import Reports
import Testing

/// Every experiment in small: what must hold of its numbers however few steps there are.
@Suite struct ExperimentTests {
  private func run(_ experiment: Experiment) async throws -> ExperimentResult {
    let result = try await experiment.run(ExperimentSettings(size: .quick))
    #expect(!result.tables.isEmpty && !result.figures.isEmpty)
    for drawing in result.figures {
      #expect(drawing.figure.svg.hasPrefix("<svg"))
      #expect(drawing.name.hasPrefix(experiment.rawValue))
    }
    return result
  }

  /// W₁ = |θ|, JS = log 2, TV = 1, KL = ∞; no bound is above its divergence, no certified critic above W₁.
  @Test func parallelLines() async throws {
    let result = try await run(.parallelLines)
    let table = result.tables[0]
    let thetas = table.numbers(of: "θ")
    let exact = table.numbers(of: "W₁")
    #expect(thetas == [0, 0.5])
    #expect(zip(thetas, exact).allSatisfy { abs(abs($0) - $1) < 1e-12 })
    #expect(table.numbers(of: "KL") == [0, .infinity])
    #expect(abs(table.numbers(of: "JS")[1] - 0.6931471805599453) < 1e-12)
    for (critic, distance) in zip(table.numbers(of: "critic, orthonormal"), exact) {
      #expect(critic <= distance + 1e-9)
    }
    let bounds = result.tables[1]
    #expect(bounds.rows.count == 2 * 9)
    for (bound, divergence) in zip(bounds.numbers(of: "bound"), bounds.numbers(of: "divergence")) {
      #expect(bound <= divergence + 1e-9)
      #expect(bound.isFinite)
    }
  }

  /// V never exceeds 2 JS − 2 log 2 and comes to it, with D at p/(p + q).
  @Test func bestDiscriminator() async throws {
    let table = try await run(.bestDiscriminator).tables[0]
    let missing = table.numbers(of: "missing")
    #expect(missing.count == 6)
    #expect(missing.allSatisfy { $0 >= -1e-12 })
    for (index, steps) in table.numbers(of: "steps").enumerated() where steps == 200 {
      #expect(missing[index] < 1e-12)
      #expect(table.numbers(of: "largest error of D")[index] < 1e-9)
    }
    #expect(abs(table.numbers(of: "2 JS − 2 log 2")[0] - -1.238952272) < 1e-9)
  }

  /// The motion of each game is that of its closed form.
  @Test func games() async throws {
    let tables = try await run(.games).tables
    let closed = tables[0].numbers(of: "closed form √(1 + η² − 2Kη²)")
    for (found, expected) in zip(tables[0].numbers(of: "measured"), closed) {
      #expect(abs(found - expected) < 1e-9)
    }
    let distances = tables[0].numbers(of: "distance at the end")
    #expect(distances[0] > 0.5.squareRoot() && distances[1] < 0.5.squareRoot())
    let errors = tables[1].numbers(of: "largest error")
    let starts = tables[1].numbers(of: "at the start")
    #expect(errors[0] > starts[0] && errors[1] < starts[1])
    for (term, form) in [
      ("first term", "closed form"), ("second term", "closed form of it"),
    ] {
      for (found, expected) in zip(tables[2].numbers(of: term), tables[2].numbers(of: form)) {
        #expect(abs(found - expected) < 1e-9)
      }
    }
  }

  /// Clipped weights are within ±c, and no certified bound is above the exact distance.
  @Test func surfaces() async throws {
    let tables = try await run(.surfaces).tables
    for name in ["certified bound", "c-transform"] {
      for (bound, exact) in zip(tables[0].numbers(of: name), tables[0].numbers(of: "exact W₁")) {
        #expect(bound <= exact * (1 + 1e-9))
      }
    }
    #expect(tables[1].numbers(of: "largest weight")[0] <= 0.1)
    #expect((0...100).contains(tables[1].numbers(of: "at ±c, %")[0]))
    #expect(tables[2].numbers(of: "first").allSatisfy { $0 > 0 })
  }

  /// Along a training no bound is above the exact distance of the same points.
  @Test func evidence() async throws {
    let table = try await run(.evidence).tables[0]
    for name in ["certified bound ÷ W₁", "largest of it", "c-transform ÷ W₁", "largest of it "] {
      #expect(table.numbers(of: name).allSatisfy { $0 <= 1 + 1e-9 })
    }
    #expect(table.numbers(of: "W₁ at the end").allSatisfy { $0 > 0 })
  }

  /// Layers under spectral normalisation have the norm 1 up to the error of power iteration, and a stable rank
  /// is between 1 and the width.
  @Test func regularizers() async throws {
    let table = try await run(.regularizers).tables[0]
    #expect(table.rows.map { $0[0].text } == ["none", "spectral"])
    let norms = table.numbers(of: "σ₁ of layer 2")
    #expect(norms[1] > 0.99 && norms[1] < 1.5)
    for name in ["stable rank, layer 2", "stable rank, layer 3"] {
      #expect(table.numbers(of: name).allSatisfy { (1...8).contains($0) })
    }
  }

  /// The same settings give the same table, and other settings of the optimiser another distance.
  @Test func robustness() async throws {
    let tables = try await run(.robustness).tables
    #expect(try await run(.robustness).tables == tables)
    let (a, f) = (tables[0].numbers(of: "A"), tables[0].numbers(of: "F"))
    #expect(a.count == 2 && zip(a, f).allSatisfy { $0 != $1 && $0 > 0 })
  }

  /// Two look-aheads from the same seed, of which the first is the standard training.
  @Test func unrolledRing() async throws {
    let table = try await run(.unrolledRing).tables[0]
    #expect(table.rows.map { $0[0].text } == ["K = 0", "K = 1"])
    let distances = table.numbers(of: "median W₁")
    #expect(distances.allSatisfy { $0 > 0 } && distances[0] != distances[1])
    #expect(table.numbers(of: "median of modes").allSatisfy { (0...8).contains($0) })
  }

  /// A cancelled experiment ends with an error, not with half of a table.
  @Test func cancellation() async throws {
    let task = Task {
      unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
      return try await Experiment.games.run(ExperimentSettings(size: .quick))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  /// Infinite numbers have a sign of their own in tables and are words in JSON.
  @Test func infinityIsWritten() async throws {
    let result = try await run(.parallelLines)
    #expect(result.markdown.contains("| ∞ |"))
    #expect(result.json.text.contains("\"∞\""))
    #expect(result.tables[0].numbers(of: "no such column") == [])
  }
}
