public import Critics

/// How critics came near the exact distance: estimate, certified bounds and exact value over the steps.
public struct CriticFigure: Sendable {
  /// The training of one critic, as curves over its steps, with the masses of the problem.
  public struct Curve: Sendable {
    /// The method's name.
    public var name: String
    /// The estimate after some steps.
    public var estimate: [FigurePoint]
    /// The estimate divided by the critic's Lipschitz constant on the atoms: never above the exact value.
    public var certifiedBound: [FigurePoint]
    /// The value of the c-transform: never above the exact value.
    public var cTransformBound: [FigurePoint]

    /// The training of one critic.
    public init(
      name: String, estimate: [FigurePoint], certifiedBound: [FigurePoint],
      cTransformBound: [FigurePoint]
    ) {
      self.name = name
      self.estimate = estimate
      self.certifiedBound = certifiedBound
      self.cTransformBound = cTransformBound
    }
  }

  /// The figure, with a panel for each critic.
  public let figure: Figure

  /// The figure of some trainings on the same measures.
  ///
  /// - Parameters:
  ///   - curves: The trainings.
  ///   - exact: The exact distance, or nil to do without.
  public init(_ curves: [Curve], exact: Double?) {
    let isAlone = curves.count == 1
    let panels = curves.map { CurvePanel($0, exact, width: isAlone ? 560 : 300) }
    figure = Figure(
      exact.map { "Critics and the exact distance \(NumberText.formatted($0, digits: 6))" }
        ?? "Critics",
      description: """
        For each critic the estimate of the distance over the steps of its training, bounds from below \
        that are certified, and the exact distance as a dashed line.
        """,
      columns: isAlone ? 1 : 2,
      notes: panels.contains(where: \.isCut)
        ? ["Estimates that lie far from all others, mostly of the first steps, leave the frame."]
        : [],
      panels: panels.map(\.panel))
  }
}

/// One critic's panel.
private struct CurvePanel {
  private(set) var panel: Panel
  /// Whether values lie outside the frame.
  let isCut: Bool

  init(_ curve: CriticFigure.Curve, _ exact: Double?, width: Double) {
    let all = curve.estimate + curve.certifiedBound + curve.cTransformBound
    let steps = all.map(\.x).max() ?? 1
    let range = Self.range(all.map(\.y).filter(\.isFinite), exact)
    isCut = all.contains { $0.y.isFinite && !range.contains($0.y) }
    var series: [Series] = []
    if let exact {
      series.append(
        .line(
          [FigurePoint(0, exact), FigurePoint(steps, exact)], named: "exact", ink: .text,
          width: 1.4, isDashed: true))
    }
    // The estimate is the broadest and lies lowest: a bound that is as large is seen upon it.
    series += [
      Self.series(curve.estimate, "estimate", .category(0), width: 3.6),
      Self.series(curve.cTransformBound, "c-transform bound", .category(2), width: 1.6),
      Self.series(curve.certifiedBound, "certified bound", .category(1), width: 1.6),
    ].flatMap(\.self)
    panel = Panel(
      curve.name, x: Axis("step", range: 0...max(1, steps) * 1.02, ticks: .whole),
      y: Axis("distance", range: range), width: width, height: width == 560 ? 300 : 180,
      series: series)
  }

  /// A curve, or where only one value is known a dot.
  private static func series(
    _ points: [FigurePoint], _ name: String, _ ink: Ink, width: Double
  ) -> [Series] {
    switch points.count {
    case 0: []
    case 1: [.dots(points.map { .init(x: $0.x, y: $0.y, radius: 5) }, named: name, ink: ink)]
    default: [.line(points, named: name, ink: ink, width: width)]
    }
  }

  /// From 0 or the lowest to the highest, without the tenth of the values that are farthest off.
  private static func range(_ values: [Double], _ exact: Double?) -> ClosedRange<Double> {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0...max(exact ?? 1, .leastNormalMagnitude) }
    let (low, high) = (sorted[sorted.count / 20], sorted[sorted.count - 1 - sorted.count / 20])
    let top = max(high, exact ?? high)
    let bottom = min(0, max(low, -top.magnitude))
    return bottom < top ? bottom...(top + (top - bottom) * 0.08) : bottom...(bottom + 1)
  }
}

extension CriticFigure.Curve {
  /// The training of a critic, with the bounds of its history and those that its report has for its end.
  ///
  /// - Parameters:
  ///   - name: The method's name.
  ///   - trained: The training.
  ///   - report: What the critic is worth at its end.
  public init(_ name: String, of trained: TrainedCritic, _ report: CriticReport) {
    let last = Double(trained.steps)
    let entries = trained.history.filter { $0.step < trained.steps }
    func points(_ value: (TrainingProgress) -> Double?, _ end: Double) -> [FigurePoint] {
      entries.compactMap { entry in value(entry).map { FigurePoint(Double(entry.step), $0) } }
        + [FigurePoint(last, end)]
    }
    self.init(
      name: name, estimate: points(\.estimate, report.estimate),
      certifiedBound: points(\.certifiedLowerBound, report.certifiedLowerBound),
      cTransformBound: points(\.cTransformLowerBound, report.cTransformLowerBound))
  }
}
