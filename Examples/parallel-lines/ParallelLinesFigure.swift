import Reports

/// The curves of W₁ and JS over θ, as SVG.
struct ParallelLinesFigure {
  private let rows: [Row]
  private let size = (width: 560.0, height: 320.0)
  private let frame = (left: 60.0, right: 520.0, top: 30.0, bottom: 260.0)

  init(_ rows: [Row]) { self.rows = rows }

  /// The whole figure; the same text on every machine.
  var svg: String {
    let body = axes + wasserstein + jensenShannon + kullbackLeibler
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 320" font-family="sans-serif" \
      font-size="13">
      <rect width="560" height="320" fill="white"/>
      \(body.joined(separator: "\n"))
      </svg>

      """
  }

  private func x(_ theta: Double) -> String {
    number(frame.left + (theta + 1) / 2 * (frame.right - frame.left))
  }

  private func y(_ value: Double) -> String {
    number(frame.bottom - value * (frame.bottom - frame.top))
  }

  /// Tenths of a pixel are fine enough, and alike on every machine.
  private func number(_ value: Double) -> String {
    NumberText.shortest((value * 10).rounded() / 10)
  }

  private var axes: [String] {
    let ticks = [-1, -0.5, 0, 0.5, 1].map { theta in
      #"<text x="\#(x(theta))" y="280" text-anchor="middle">\#(NumberText.shortest(theta))</text>"#
    }
    let levels = [0, 0.5, 1].map { value in
      #"<text x="50" y="\#(y(value))" text-anchor="end">\#(NumberText.shortest(value))</text>"#
    }
    let lines = [
      ##"<path d="M60 30V260H520" fill="none" stroke="#999"/>"##,
      #"<text x="290" y="305" text-anchor="middle">distance θ of the lines</text>"#,
    ]
    return lines + ticks + levels
  }

  private var wasserstein: [String] {
    let places = rows.map { "\(x($0.theta)),\(y($0.wasserstein))" }.joined(separator: " ")
    return [
      ##"<polyline points="\##(places)" fill="none" stroke="#1f6fb4" stroke-width="2"/>"##,
      ##"<text x="\##(x(-0.7))" y="\##(y(0.8))" fill="#1f6fb4">W₁ = |θ|</text>"##,
    ]
  }

  /// Flat wherever the lines differ; at θ = 0 a single dot at zero and a hole in the curve.
  private var jensenShannon: [String] {
    guard let level = rows.first?.jensenShannon,
      let middle = rows.first(where: { $0.theta == 0 })?.jensenShannon
    else { return [] }
    return [
      ##"<path d="M\##(x(-1)) \##(y(level))H\##(x(1))" stroke="#b4481f" stroke-width="2"/>"##,
      ##"<circle cx="\##(x(0))" cy="\##(y(level))" r="4" fill="white" stroke="#b4481f"/>"##,
      ##"<circle cx="\##(x(0))" cy="\##(y(middle))" r="4" fill="#b4481f"/>"##,
      ##"<text x="\##(x(0.05))" y="\##(y(level + 0.04))" fill="#b4481f">JS = log 2</text>"##,
    ]
  }

  private var kullbackLeibler: [String] {
    let isInfinite = rows.allSatisfy { ($0.kullbackLeibler == .infinity) == ($0.theta != 0) }
    guard isInfinite else { return [] }
    return [
      ##"<text x="290" y="20" text-anchor="middle" fill="#666">KL = ∞ for every θ ≠ 0</text>"##
    ]
  }
}
