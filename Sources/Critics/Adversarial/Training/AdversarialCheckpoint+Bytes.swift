import Autodiff

/// A checkpoint as a file: words of 64 bits, least byte first, so that every double keeps its bits.
///
/// | words | what |
/// | --- | --- |
/// | 1 | the bytes `OTGAN` and the version 2 |
/// | 1 + n | the number of bytes of the settings, and these, filled up with zeros |
/// | 5 | step, step of divergence or −1, both losses, randomness |
/// | … | for each player: optimiser's step, and three lists of matrices; then two lists more |
///
/// A list is its length and its matrices; a matrix is rows, columns and entries.
extension AdversarialCheckpoint {
  private static let magic: UInt64 = 0x0200_004E_4147_544F

  /// The bytes to write to a file.
  public var bytes: [UInt8] {
    var writer = WordWriter()
    writer.words.append(Self.magic)
    writer.append(settings)
    writer.append(step)
    writer.append(divergedAt ?? -1)
    writer.words += [losses.discriminatorValue, losses.generatorLoss].map(\.bitPattern)
    writer.words.append(randomState)
    for player in [generator, discriminator] {
      writer.append(player.stepCount)
      writer.append(player.parameters)
      writer.append(player.means)
      writer.append(player.squares)
    }
    writer.append(directions)
    writer.append(averages)
    return writer.bytes
  }

  /// A checkpoint from the bytes of a file.
  ///
  /// - Throws: `AdversarialTrainingError.damagedCheckpoint` if they are none or end too early.
  public init(bytes: [UInt8]) throws(AdversarialTrainingError) {
    var reader = WordReader(bytes)
    guard try reader.word() == Self.magic else {
      throw .damagedCheckpoint(reason: "it does not begin as a checkpoint of version 2")
    }
    settings = try reader.text()
    step = try reader.count()
    let diverged = Int(Int64(bitPattern: try reader.word()))
    divergedAt = diverged < 0 ? nil : diverged
    var losses = AdversarialLosses()
    losses.discriminatorValue = try reader.number()
    losses.generatorLoss = try reader.number()
    self.losses = losses
    randomState = try reader.word()
    generator = try reader.player()
    discriminator = try reader.player()
    directions = try reader.matrices()
    averages = try reader.matrices()
    guard reader.isAtEnd else {
      throw .damagedCheckpoint(reason: "bytes follow after its end")
    }
  }
}

private struct WordWriter {
  var words: [UInt64] = []

  var bytes: [UInt8] {
    words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  mutating func append(_ number: Int) { words.append(UInt64(bitPattern: Int64(number))) }

  mutating func append(_ text: String) {
    let bytes = Array(text.utf8)
    append(bytes.count)
    for start in stride(from: 0, to: bytes.count, by: 8) {
      words.append(
        bytes[start..<min(start + 8, bytes.count)].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  mutating func append(_ matrices: [Matrix]) {
    append(matrices.count)
    for matrix in matrices {
      append(matrix.rows)
      append(matrix.columns)
      words += matrix.elements.map(\.bitPattern)
    }
  }
}

private struct WordReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  private var wordsLeft: Int { (bytes.count - position) / 8 }

  mutating func word() throws(AdversarialTrainingError) -> UInt64 {
    guard wordsLeft > 0 else {
      throw .damagedCheckpoint(reason: "it ends after \(bytes.count) bytes, too early")
    }
    defer { position += 8 }
    return bytes[position..<position + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func number() throws(AdversarialTrainingError) -> Double {
    Double(bitPattern: try word())
  }

  /// A number of things of at least a byte each, which cannot be more than the bytes left.
  mutating func count() throws(AdversarialTrainingError) -> Int {
    let count = Int(Int64(bitPattern: try word()))
    guard count >= 0 else {
      throw .damagedCheckpoint(reason: "a count before byte \(position) is negative")
    }
    return count
  }

  mutating func text() throws(AdversarialTrainingError) -> String {
    let length = try count()
    guard length <= bytes.count - position else {
      throw .damagedCheckpoint(reason: "it ends within its settings")
    }
    let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
    position = min(position + (length + 7) / 8 * 8, bytes.count)
    return text
  }

  mutating func player() throws(AdversarialTrainingError) -> AdversarialCheckpoint.PlayerState {
    let stepCount = try count()
    return AdversarialCheckpoint.PlayerState(
      parameters: try matrices(), stepCount: stepCount, means: try matrices(),
      squares: try matrices())
  }

  mutating func matrices() throws(AdversarialTrainingError) -> [Matrix] {
    let number = try count()
    guard number <= wordsLeft else {
      throw .damagedCheckpoint(reason: "it ends within a list of matrices")
    }
    var result: [Matrix] = []
    for _ in 0..<number { result.append(try matrix()) }
    return result
  }

  private mutating func matrix() throws(AdversarialTrainingError) -> Matrix {
    let (rows, columns) = (try count(), try count())
    let (entries, overflows) = rows.multipliedReportingOverflow(by: columns)
    guard rows > 0, columns > 0, !overflows, entries <= wordsLeft else {
      throw .damagedCheckpoint(
        reason: "a matrix of \(rows) × \(columns) before byte \(position) does not fit into it")
    }
    var elements: [Double] = []
    elements.reserveCapacity(entries)
    for _ in 0..<entries { elements.append(try number()) }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }
}
