/// Elements of SVG, with every text escaped and every length in tenths of a pixel.
struct SVGText {
  private(set) var text = ""

  /// Appends what is an element already.
  mutating func append(_ element: String) {
    text += element
    text += "\n"
  }

  /// Appends words at a place.
  mutating func words(
    _ words: String, x: Double, y: Double, anchor: String = "start", className: String = "ct",
    size: Int = 12, isBold: Bool = false, turned: Bool = false
  ) {
    guard !words.isEmpty else { return }
    let turn = turned ? #" transform="rotate(-90 \#(Self.length(x)) \#(Self.length(y)))""# : ""
    append(
      #"<text class="\#(className) f" x="\#(Self.length(x))" y="\#(Self.length(y))""#
        + (anchor == "start" ? "" : #" text-anchor="\#(anchor)""#)
        + (size == 12 ? "" : #" font-size="\#(size)""#)
        + (isBold ? #" font-weight="600""# : "") + turn + ">\(Self.escaped(words))</text>")
  }

  /// A length in pixels, to a tenth: what a screen shows, and alike on every machine.
  static func length(_ value: Double) -> String {
    let bounded = min(1e7, max(-1e7, value.isNaN ? 0 : value))
    let tenths = Int((bounded * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
  }

  /// A text as it may stand in an element or between quotes.
  ///
  /// Characters that no XML may have become �.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): result += "\u{FFFD}"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// About how wide words are in pixels; the reader's font decides, so rather too wide.
  static func width(of words: String, size: Double = 12) -> Double {
    let units = words.unicodeScalars.reduce(0.0) { sum, scalar in
      switch scalar.value {
      case 0x69, 0x6A, 0x6C, 0x20, 0x2E, 0x2C, 0x3A, 0x27: sum + 0.36
      case 0x6D, 0x77, 0x4D, 0x57: sum + 0.98
      case 0x300...0x36F: sum
      case 0x41...0x5A: sum + 0.72
      case ..<0x2E80: sum + 0.6
      default: sum + 1.05
      }
    }
    return units * size
  }

  /// Words in lines of at most some width.
  static func lines(_ words: String, width: Double, size: Double = 12) -> [String] {
    var lines: [String] = []
    for word in words.split(separator: " ") {
      if let last = lines.last, Self.width(of: last + " " + word, size: size) <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

/// The outline of a path, in steps from point to point.
struct PathText {
  private(set) var text = ""
  private var last: (x: Int, y: Int)?

  private static func tenths(_ value: Double) -> Int {
    Int((min(1e7, max(-1e7, value.isNaN ? 0 : value)) * 10).rounded())
  }

  private static func text(_ tenths: Int) -> String { SVGText.length(Double(tenths) / 10) }

  /// Begins a new piece.
  mutating func move(_ x: Double, _ y: Double) {
    let place = (x: Self.tenths(x), y: Self.tenths(y))
    text += "M\(Self.text(place.x)) \(Self.text(place.y))"
    last = place
  }

  /// Goes on in a straight line; steps that nobody would see are left out.
  mutating func line(_ x: Double, _ y: Double) {
    guard let last else { return move(x, y) }
    let place = (x: Self.tenths(x), y: Self.tenths(y))
    switch (place.x == last.x, place.y == last.y) {
    case (true, true): return
    case (false, true): text += "H\(Self.text(place.x))"
    case (true, false): text += "V\(Self.text(place.y))"
    case (false, false): text += "L\(Self.text(place.x)) \(Self.text(place.y))"
    }
    self.last = place
  }

  /// Goes back to where the piece began.
  mutating func close() {
    text += "Z"
    last = nil
  }

  /// Whether there is nothing to draw.
  var isEmpty: Bool { text.isEmpty }
}
