/// The entries behind a header, byte by byte: no pointer, and any alignment will do.
struct NPYEntries {
  private let bytes: [UInt8]
  private let header: NPYHeader

  init(_ bytes: [UInt8], _ header: NPYHeader) {
    self.bytes = bytes
    self.header = header
  }

  /// The byte at which the entries start.
  var start: Int { header.dataStart }

  /// The bytes of an entry.
  var size: Int { header.type.size }

  /// The entries as doubles; 64-bit integers beyond 2⁵³ are rounded to the nearest.
  func doubles() -> [Double] {
    let shift = UInt64(64 - 8 * size)
    switch (header.type.kind, size) {
    case (.float, 8): return map { Double(bitPattern: $0) }
    case (.float, 4): return map { Double(Float(bitPattern: UInt32($0))) }
    case (.float, _): return map { Self.half($0) }
    case (.signed, _): return map { Double(Int64(bitPattern: $0 << shift) >> Int64(shift)) }
    case (.unsigned, _): return map { Double($0) }
    case (.boolean, _): return map { $0 == 0 ? 0 : 1 }
    }
  }

  /// The entries as integers.
  func integers() -> [Int128] {
    let shift = UInt64(64 - 8 * size)
    switch header.type.kind {
    case .signed: return map { Int128(Int64(bitPattern: $0 << shift) >> Int64(shift)) }
    case .boolean: return map { $0 == 0 ? 0 : 1 }
    case .unsigned, .float: return map { Int128($0) }
    }
  }

  /// A half-precision number: sign, five bits of exponent, ten of significand.
  ///
  /// - Source: IEEE 754-2008, binary16. Swift's own `Float16` is not on every platform.
  private static func half(_ pattern: UInt64) -> Double {
    let fraction = Double(pattern & 0x3FF)
    let exponent = Int(pattern >> 10 & 0x1F)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
      }
    return pattern & 0x8000 == 0 ? magnitude : -magnitude
  }

  private func map<Entry>(_ entry: (UInt64) -> Entry) -> [Entry] {
    (0..<header.count).map { index in
      let start = header.dataStart + index * size
      var pattern: UInt64 = 0
      for byte in 0..<size {
        let place = header.type.isBigEndian ? byte : size - 1 - byte
        pattern = pattern << 8 | UInt64(bytes[start + place])
      }
      return entry(pattern)
    }
  }
}
