import Critics
import TestSupport
import Testing

/// Texts of critics with a right checksum, whatever they say.
enum CriticText {
  static func signed(_ lines: [String]) -> String {
    let content = lines.joined(separator: "\n") + "\n"
    return content + "checksum \(crc32(content))\n"
  }

  /// CRC-32 by long division of polynomials over the bits of the text, the slow way.
  private static func crc32(_ text: String) -> String {
    var register: UInt64 = 0
    let bits =
      text.utf8.flatMap { byte in (0..<8).map { UInt64(byte >> $0) & 1 } }
      + [UInt64](repeating: 0, count: 32)
    for (index, bit) in bits.enumerated() {
      register = register << 1 | (bit ^ (index < 32 ? 1 : 0))
      if register >> 32 == 1 { register ^= 0x1_04C1_1DB7 }
    }
    let reflected = (0..<32).reduce(UInt32(0)) { result, place in
      result | UInt32(register >> (31 - UInt64(place)) & 1) << UInt32(place)
    }
    let digits = String(~reflected, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

@Suite struct CriticFileTests {
  private let points = [0.1, 0.2, -3, 4, 1e-9, 7.5]

  private func critic(_ method: CriticTraining.Method) throws -> Critic {
    let instance = try CriticInstance.plane(9, seed: 161)
    return try CriticTraining(method, hidden: [6, 4], steps: 5, lipschitzBound: 1.5)
      .train(on: instance.problem, seeing: instance.exact).critic
  }

  /// Written and read, every method's critic has the same bits, values and text.
  @Test(arguments: everyMethod)
  func aLoadedCriticIsTheSavedOne(method: CriticTraining.Method) throws {
    let saved = try critic(method)
    let loaded = try Critic(fileText: saved.fileText)
    #expect(loaded == saved)
    #expect(loaded.values(at: points) == saved.values(at: points))
    #expect(loaded.gradients(at: points) == saved.gradients(at: points))
    #expect(loaded.fileText == saved.fileText)
    #expect(loaded.lipschitzBound == 1.5)
  }

  /// Cut off anywhere, it is refused, and nothing crashes.
  @Test func everyTruncationIsRefused() throws {
    let text = try critic(.wasserstein(.layerNormalization)).fileText
    let bytes = Array(text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: CriticFileError.self) {
        try Critic(fileText: String(decoding: bytes[..<length], as: UTF8.self))
      }
    }
  }

  /// One changed byte anywhere is noticed.
  @Test func everyChangeOfAByteIsRefused() throws {
    let bytes = Array(try critic(.minFunnel).fileText.utf8)
    for place in stride(from: 0, to: bytes.count, by: 5) {
      var changed = bytes
      changed[place] = changed[place] == 0x37 ? 0x38 : 0x37
      #expect(throws: CriticFileError.self) {
        try Critic(fileText: String(decoding: changed, as: UTF8.self))
      }
    }
  }

  @Test func otherVersionsAndOtherFilesAreNamed() throws {
    let text = try critic(.minFunnel).fileText
    let later = text.replacing("critic 1\n", with: "critic 2\n", maxReplacements: 1)
    #expect(throws: CriticFileError.version(found: "2", readable: 1)) {
      try Critic(fileText: later)
    }
    for other in ["", "\n", "x,y\n1,2\n", "{}"] {
      #expect(throws: CriticFileError.notACritic) { try Critic(fileText: other) }
    }
  }

  /// Texts that are whole but wrong: the line is said.
  @Test(arguments: [
    (2, "dimension 0"), (2, "dimension two"), (3, "center 0.0 0.0"), (3, "center nan"),
    (4, "scale -1.0"), (5, "lipschitz-bound 0.0"), (6, "form tree"), (7, "activation cosine"),
    (7, "activation max-min"), (8, "normalization group"), (9, "widths 2 3 1"),
    (9, "widths 1 1000000000 1"), (9, "widths 1 3 2"), (10, "0.5 0.5"), (11, "1.0 2.0 inf"),
    (13, "1.0 2.0"),
  ])
  func wrongLinesAreNamed(number: Int, line: String) throws {
    var lines = [
      "optimal-transport critic 1", "dimension 1", "center 0.0", "scale 1.0",
      "lipschitz-bound 1.0", "form network", "activation relu", "normalization none",
      "widths 1 3 1", "0.5 0.5 0.5", "1.0 2.0 3.0", "1.0", "1.0", "1.0", "0.0",
    ]
    #expect(throws: Never.self) { try Critic(fileText: CriticText.signed(lines)) }
    lines[number - 1] = line
    #expect {
      try Critic(fileText: CriticText.signed(lines))
    } throws: { error in
      guard case CriticFileError.line = error else { return false }
      return "\(error)".contains("line ")
    }
  }

  @Test func moreOrFewerLinesAreRefused() throws {
    let lines = [
      "optimal-transport critic 1", "dimension 1", "center 0.0", "scale 1.0",
      "lipschitz-bound 1.0", "form funnels", "count 2", "0.0", "1.0", "0.5 0.25",
    ]
    let critic = try Critic(fileText: CriticText.signed(lines))
    #expect(critic.values(at: [0, 1, 3]) == [0.5, 0.25, 2.25])
    for wrong in [Array(lines.dropLast()), lines + ["0.0"]] {
      #expect(throws: CriticFileError.self) { try Critic(fileText: CriticText.signed(wrong)) }
    }
  }
}
