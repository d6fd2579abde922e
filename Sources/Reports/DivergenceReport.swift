public import Divergences

/// The divergences of two distributions, as text for people and as JSON for programs.
public struct DivergenceReport: Sendable {
  private let summary: DivergenceSummary

  /// A report on a summary.
  public init(on summary: DivergenceSummary) { self.summary = summary }

  /// The Kullback–Leibler divergence alone.
  public var quietText: String {
    NumberText.readable(summary["kullbackLeibler"] ?? .nan)
  }

  /// A line for each divergence, and the bins that make one infinite.
  public var text: String {
    var lines = summary.entries.map { entry in
      let title = Self.titles[entry.key] ?? entry.key
      let unit = entry.value < .infinity ? entry.unit.map { " \($0.rawValue)" } ?? "" : ""
      return title.padded(to: 26) + Self.readable(entry.value) + unit
    }
    if !summary.binsWithoutQ.isEmpty {
      lines.append(
        "bins where only P has mass: \(Self.list(summary.binsWithoutQ)); they make KL(P‖Q) infinite"
      )
    }
    if !summary.binsWithoutP.isEmpty {
      lines.append(
        "bins where only Q has mass: \(Self.list(summary.binsWithoutP)); they make KL(Q‖P) infinite"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// One key per divergence; infinite ones as the string "Infinity".
  public var json: JSONValue {
    .object(entries + [("infiniteBecauseOf", bins)])
  }

  var entries: [(key: String, value: JSONValue)] {
    summary.entries.map { ($0.key, .number($0.value)) }
  }

  private var bins: JSONValue { .array(summary.infiniteBecauseOf.map { .integer($0) }) }

  static func readable(_ value: Double) -> String {
    value == .infinity ? "infinite" : NumberText.readable(value)
  }

  private static func list(_ bins: [Int]) -> String {
    let shown = bins.prefix(8).map(String.init).joined(separator: ", ")
    return bins.count <= 8 ? shown : "\(shown), … (\(bins.count) in all)"
  }

  static let titles = [
    "kullbackLeibler": "KL(P‖Q)", "reverseKullbackLeibler": "KL(Q‖P)",
    "jensenShannon": "Jensen–Shannon", "jensenShannonDistance": "Jensen–Shannon distance",
    "jeffreys": "Jeffreys", "totalVariation": "total variation",
    "squaredHellinger": "squared Hellinger", "pearsonChiSquared": "Pearson χ²",
    "neymanChiSquared": "Neyman χ²",
  ]
}

extension String {
  /// The text followed by blanks up to a width in characters, at least one.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
