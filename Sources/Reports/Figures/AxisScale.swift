#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Values of an axis as places between 0 and 1, with marks at round numbers.
struct AxisScale {
  /// A mark: its place between 0 and 1 and its words.
  struct Tick {
    let place: Double
    let text: String
  }

  private(set) var lower: Double
  private(set) var upper: Double
  let isReversed: Bool
  private let isLogarithmic: Bool

  /// A scale of an axis that shows some values.
  ///
  /// - Parameters:
  ///   - axis: What the caller wants.
  ///   - extent: The least and the largest value of the series; nil if there are none.
  ///   - isTight: Whether the values fill the axis without room at its ends.
  init(_ axis: Axis, showing extent: ClosedRange<Double>?, isTight: Bool) {
    isReversed = axis.isReversed
    isLogarithmic = axis.layout == .logarithmic
    if let range = axis.range {
      (lower, upper) = (range.lowerBound, range.upperBound)
      if isLogarithmic { (lower, upper) = (log10(max(lower, 1e-300)), log10(max(upper, 1e-300))) }
      if lower == upper { widen() }
      return
    }
    (lower, upper) = (extent?.lowerBound ?? 0, extent?.upperBound ?? 1)
    if let value = axis.including { (lower, upper) = (min(lower, value), max(upper, value)) }
    if isLogarithmic { (lower, upper) = (log10(max(lower, 1e-300)), log10(max(upper, 1e-300))) }
    if lower == upper {
      widen()
    } else if !isTight {
      addRoom(keeping: axis.including)
    }
  }

  /// Room at both ends, but for an end that is to be seen as such.
  private mutating func addRoom(keeping end: Double?) {
    let room = (upper / 2 - lower / 2) / 10
    if lower != end, (lower - room).isFinite { lower -= room }
    if upper != end, (upper + room).isFinite { upper += room }
  }

  /// Room around a single value.
  private mutating func widen() {
    let room = lower == 0 ? 0.5 : max(abs(lower) / 4, Double.leastNormalMagnitude)
    lower -= room
    upper = upper + room < .infinity ? upper + room : upper
  }

  /// A scale with the same middle and a span some times as wide.
  func widened(by factor: Double) -> AxisScale {
    var result = self
    let (middle, half) = (lower / 2 + upper / 2, (upper / 2 - lower / 2) * factor)
    if (middle - half).isFinite, (middle + half).isFinite {
      (result.lower, result.upper) = (middle - half, middle + half)
    }
    return result
  }

  /// How much half of the axis measures.
  var halfSpan: Double { upper / 2 - lower / 2 }

  /// The place of a value, 0 at the lower end; NaN for what cannot be shown.
  func place(_ value: Double) -> Double {
    guard value.isFinite else { return .nan }
    if isLogarithmic, value <= 0 { return .nan }
    let shown = isLogarithmic ? log10(value) : value
    let share = (shown / 2 - lower / 2) / (upper / 2 - lower / 2)
    return isReversed ? 1 - share : share
  }

  /// The marks of an axis.
  ///
  /// - Parameters:
  ///   - kind: Where there are marks.
  ///   - most: About how many there is room for.
  /// - Returns: The marks, from the lower end.
  func ticks(_ kind: Axis.Ticks, atMost most: Int) -> [Tick] {
    switch kind {
    case .none: []
    case .named(let names):
      names.map { Tick(place: place($0.value), text: $0.text) }
        .filter { (-1e-9...1 + 1e-9).contains($0.place) }
    case .round where isLogarithmic, .whole where isLogarithmic: powers(atMost: most)
    case .round: enough(atMost: most, least: 0)
    case .whole: enough(atMost: most, least: 1)
    }
  }

  private func powers(atMost most: Int) -> [Tick] {
    let (first, last) = (Int(lower.rounded(.up)), Int(upper.rounded(.down)))
    guard first < last else { return ends }
    let step = max(1, (last - first + most - 1) / max(1, most))
    return stride(from: first, through: last, by: step).map { exponent in
      Tick(
        place: place(Double("1e\(exponent)") ?? 0),
        text: (-3...3).contains(exponent)
          ? NumberText.shortest(Double("1e\(exponent)") ?? 0) : "1e\(exponent)")
    }
  }

  /// Marks at the roundest numbers of which there are two at least.
  private func enough(atMost most: Int, least: Double) -> [Tick] {
    for count in most..<most + 4 {
      let ticks = round(atMost: count, least: least)
      if ticks.count >= 2 { return ticks }
    }
    return round(atMost: most, least: least)
  }

  private func round(atMost most: Int, least: Double) -> [Tick] {
    let step = max(
      least, Self.roundStep(atLeast: (upper / 2 - lower / 2) / Double(max(1, most)) * 2))
    guard step.isNormal, (upper - lower).isFinite, max(abs(lower), abs(upper)) / step < 1e12 else {
      return ends
    }
    let tolerance = step * 1e-6
    let first = ((lower - tolerance) / step).rounded(.up)
    let last = ((upper + tolerance) / step).rounded(.down)
    guard first <= last, last - first < 1000 else { return ends }
    let values = stride(from: first, through: last, by: 1).map { $0 * step }
    let texts = Self.texts(of: values, step: step)
    return zip(values, texts).map { Tick(place: place($0), text: $1) }
  }

  /// Marks at both ends, where no round number would do.
  private var ends: [Tick] {
    let values = isLogarithmic ? [pow(10, lower), pow(10, upper)] : [lower, upper]
    return zip([0, 1], values).map { end, value in
      Tick(place: isReversed ? 1 - end : end, text: NumberText.formatted(value, digits: 4))
    }
  }

  /// The least of 1, 2, 5, 10, 20, 50, … times a power of ten that is not below a value.
  static func roundStep(atLeast value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    let exponent = Int(log10(value).rounded(.down))
    for power in exponent...exponent + 1 {
      for factor in [1, 2, 5] {
        let step = Double("\(factor)e\(power)") ?? 0
        if step >= value * (1 - 1e-9) { return step }
      }
    }
    return value
  }

  /// Numbers that are multiples of a step, with as many digits as the step has.
  static func texts(of values: [Double], step: Double) -> [String] {
    let largest = values.reduce(0) { max($0, abs($1)) }
    if largest == 0 || (largest < 1e6 && step >= 1e-4) {
      let decimals = max(0, -Int((log10(max(step, 1e-300)) + 1e-9).rounded(.down)))
      return values.map { typeset(NumberText.fixed($0, decimals: largest == 0 ? 0 : decimals)) }
    }
    let digits = min(15, max(1, Int((log10(largest / step) + 1e-9).rounded(.down)) + 1))
    return values.map { typeset(NumberText.formatted($0, digits: digits)) }
  }

  /// A number with a proper minus sign, and without a sign before zero.
  static func typeset(_ text: String) -> String {
    guard text.hasPrefix("-") else { return text }
    let isZero = !text.dropFirst().contains { ("1"..."9").contains($0) }
    return (isZero ? "" : "−") + text.dropFirst()
  }
}
