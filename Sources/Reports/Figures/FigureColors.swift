/// The colour of a line, a bar or a text; each has a light and a dark form.
public enum Ink: Hashable, Sendable {
  /// One of eight colours that differ for every kind of sight, after M. Okabe and K. Ito 2008; further
  /// numbers begin anew.
  case category(Int)
  /// What stays behind, such as ways of mass under dots.
  case muted
  /// The colour of words.
  case text

  /// The name of the class of the style sheet.
  var className: String {
    switch self {
    case .category(let number): "c\(((number % 8) + 8) % 8)"
    case .muted: "cm"
    case .text: "ct"
    }
  }

  /// Every ink with its colour on a light and on a dark page.
  static let all: [(ink: Ink, light: String, dark: String)] = [
    (.category(0), "#0072b2", "#4fa8e0"), (.category(1), "#d55e00", "#f08a45"),
    (.category(2), "#009e73", "#2cc79b"), (.category(3), "#b5588f", "#e093c2"),
    (.category(4), "#7a6a00", "#f0e442"), (.category(5), "#2a9fd6", "#8fd3f7"),
    (.category(6), "#c88a00", "#f2be4a"), (.category(7), "#444c56", "#c9d1d9"),
    (.muted, "#7d8894", "#8b96a2"), (.text, "#1b1f24", "#e6e9ec"),
  ]
}

/// How values become colours.
public enum ColorMap: String, Hashable, Sendable {
  /// From dark blue to yellow, of even lightness steps and alike for every kind of sight: for fields
  /// that fill their frame. After J. Nuñez, C. Anderton, R. Renslow 2018 ("cividis").
  case field
  /// From nearly the page to its contrary: for masses on an empty ground.
  case mass
  /// From black to white: for photographs.
  case gray

  /// The number of colours that are told apart.
  static let levels = 64

  /// The colour of a level on a light and on a dark page.
  func colors(_ level: Int) -> (light: String, dark: String) {
    let place = Double(level) / Double(Self.levels - 1)
    switch self {
    case .field:
      let color = Self.mix(Self.cividis, place)
      return (color, color)
    case .gray:
      let color = Self.mix([[0, 0, 0], [255, 255, 255]], place)
      return (color, color)
    case .mass: return (Self.mix(Self.blues, place), Self.mix(Self.glow, place))
    }
  }

  private static let cividis: [[Double]] = [
    [0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115], [138, 134, 120],
    [165, 156, 116], [195, 179, 105], [225, 204, 85], [254, 232, 56],
  ]
  private static let blues: [[Double]] = [
    [190, 214, 235], [107, 174, 214], [33, 113, 181], [8, 48, 107],
  ]
  private static let glow: [[Double]] = [
    [38, 66, 96], [48, 112, 170], [110, 180, 230], [235, 246, 255],
  ]

  private static func mix(_ anchors: [[Double]], _ place: Double) -> String {
    let position = place * Double(anchors.count - 1)
    let index = min(Int(position), anchors.count - 2)
    let share = position - Double(index)
    let parts = zip(anchors[index], anchors[index + 1]).map { low, high in
      let value = Int((low + share * (high - low)).rounded())
      return (value < 16 ? "0" : "") + String(value, radix: 16)
    }
    return "#" + parts.joined()
  }
}

/// The values of the first and the last colour of a map, and what they measure.
public struct ColorScale: Hashable, Sendable {
  /// The colours.
  public let map: ColorMap
  /// What the colours measure; it stands beside their scale.
  public let label: String
  /// The value of the first colour.
  public let lower: Double
  /// The value of the last colour.
  public let upper: Double

  /// A scale from a first to a last value.
  ///
  /// - Parameters:
  ///   - range: Their values, finite.
  ///   - map: The colours.
  ///   - label: What they measure.
  public init(_ range: ClosedRange<Double>, map: ColorMap = .field, label: String = "") {
    self.map = map
    self.label = label
    lower = range.lowerBound
    upper = range.upperBound
  }

  /// A scale over the finite ones of some values.
  init(of values: [Double], map: ColorMap, label: String, range: ClosedRange<Double>?) {
    let finite = values.filter(\.isFinite)
    let (least, most) = (finite.min() ?? 0, finite.max() ?? 0)
    self.init(range ?? least...most, map: map, label: label)
  }

  /// The level of a value, from 0 to 63; what lies outside the range has the colour of its end.
  func level(of value: Double) -> Int {
    guard upper > lower else { return ColorMap.levels - 1 }
    let place = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    return min(ColorMap.levels - 1, max(0, Int((place * Double(ColorMap.levels)).rounded(.down))))
  }

  /// The class of the style sheet for a level.
  func className(_ level: Int) -> String { "\(map.rawValue.prefix(1))\(level)" }
}
