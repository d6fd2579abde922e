import Autodiff

/// Reads a saved critic line by line.
struct CriticFileReader {
  private let lines: [Substring]
  private var next = 0

  /// Checks the first line and the checksum, which is the last.
  init(_ text: String) throws(CriticFileError) {
    let all = text.split(separator: "\n", omittingEmptySubsequences: false)
    let title = CriticFile.title + " "
    guard let first = all.first, first.hasPrefix(title) else { throw .notACritic }
    let version = String(first.dropFirst(title.count))
    guard version == "\(CriticFile.version)" else {
      throw .version(found: version, readable: CriticFile.version)
    }
    let word = CriticFile.checksumWord + " "
    guard all.count >= 3, let last = all.last, last.isEmpty, all[all.count - 2].hasPrefix(word)
    else { throw .truncated(lines: all.count - (all.last?.isEmpty == true ? 1 : 0)) }
    let written = String(all[all.count - 2].dropFirst(word.count))
    let content = text[..<all[all.count - 2].startIndex]
    let computed = CriticFile.checksum(of: content.utf8)
    guard written == computed else { throw .checksum(written: written, computed: computed) }
    lines = Array(all.dropLast(2))
    next = 1
  }

  /// The critic that the lines describe.
  mutating func critic() throws(CriticFileError) -> Critic {
    let dimension = try size("dimension")
    let center = try numbers(named: "center", count: dimension)
    let scale = try positive("scale")
    let bound = try positive("lipschitz-bound")
    let form = try word("form")
    let body: Critic.Body
    switch form {
    case "network": body = .network(try network(dimension))
    case "funnels": body = try funnels(dimension)
    default: throw .line(next, what: "the form \(form) is not known; it is network or funnels")
    }
    guard next == lines.count else {
      throw .line(next + 1, what: "there is more than belongs to the critic")
    }
    return Critic(
      body: body, standardization: Standardization(center: center, scale: scale),
      lipschitzBound: bound)
  }

  private mutating func network(_ dimension: Int) throws(CriticFileError) -> Network {
    guard let activation = Network.Activation(rawValue: try word("activation")) else {
      throw .line(next, what: "this activation is not known")
    }
    guard let normalization = Normalization(rawValue: try word("normalization")) else {
      throw .line(next, what: "this normalization is not known")
    }
    let widths = try sizes("widths")
    guard widths.count >= 2, widths.first == dimension, widths.last == 1 else {
      throw .line(next, what: "widths go from the dimension, \(dimension), to 1")
    }
    guard
      activation != .maxMin || widths.dropFirst().dropLast().allSatisfy({ $0.isMultiple(of: 2) })
    else { throw .line(next, what: "units are sorted in pairs, so hidden widths are even") }
    var parameters: [Matrix] = []
    for (rows, columns) in zip(widths, widths.dropFirst()) {
      parameters.append(try matrix(rows, columns))
      parameters.append(try matrix(1, columns))
    }
    return Network(
      widths: widths, activation: activation, normalization: normalization,
      parameters: parameters)
  }

  private mutating func funnels(_ dimension: Int) throws(CriticFileError) -> Critic.Body {
    let count = try size("count")
    let centers = try matrix(count, dimension)
    return .funnels(centers: centers, heights: try matrix(1, count).elements)
  }

  /// The next line.
  private mutating func line() throws(CriticFileError) -> Substring {
    guard next < lines.count else { throw .line(next + 1, what: "a line is missing here") }
    next += 1
    return lines[next - 1]
  }

  /// What follows a name on the next line.
  private mutating func word(_ name: String) throws(CriticFileError) -> String {
    let text = try line()
    guard text.hasPrefix(name + " ") else { throw .line(next, what: "\(name) belongs here") }
    return String(text.dropFirst(name.count + 1))
  }

  private mutating func size(_ name: String) throws(CriticFileError) -> Int {
    let values = try sizes(name)
    guard values.count == 1 else { throw .line(next, what: "\(name) is one number") }
    return values[0]
  }

  /// Numbers of things, each from 1 to what a file can hold.
  private mutating func sizes(_ name: String) throws(CriticFileError) -> [Int] {
    var result: [Int] = []
    for part in try word(name).split(separator: " ", omittingEmptySubsequences: false) {
      guard let value = Int(part), value >= 1, value <= 1 << 30 else {
        throw .line(next, what: "\(part) is no size; it must be a whole number of at least 1")
      }
      result.append(value)
    }
    return result
  }

  private mutating func positive(_ name: String) throws(CriticFileError) -> Double {
    let value = try numbers(named: name, count: 1)[0]
    guard value > 0 else { throw .line(next, what: "\(name) is \(value); it must be positive") }
    return value
  }

  private mutating func numbers(
    named name: String, count: Int
  ) throws(CriticFileError) -> [Double] {
    try finite(try word(name)[...], count: count)
  }

  private mutating func matrix(_ rows: Int, _ columns: Int) throws(CriticFileError) -> Matrix {
    // A size without its lines is found before anything of that size is made.
    guard rows <= lines.count - next else {
      throw .line(lines.count, what: "\(rows) rows belong after line \(next)")
    }
    var elements: [Double] = []
    for _ in 0..<rows { elements += try finite(try line(), count: columns) }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }

  private func finite(_ text: Substring, count: Int) throws(CriticFileError) -> [Double] {
    var result: [Double] = []
    for part in text.split(separator: " ", omittingEmptySubsequences: false) {
      guard let value = Double(part), value.isFinite else {
        throw .line(next, what: "\"\(part.prefix(40))\" is no finite number")
      }
      result.append(value)
    }
    guard result.count == count else {
      throw .line(next, what: "\(count) numbers belong here, not \(result.count)")
    }
    return result
  }
}
