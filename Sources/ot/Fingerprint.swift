import Measures
import Transport
import MeasureFiles

/// A number that tells pieces of work apart: of measures, options and parts.
///
/// - Source: G. Fowler, L. Noll, K.-P. Vo, the FNV-1a hash with 64 bits, here of words of eight bytes.
struct Fingerprint {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 16) {
      value = (value ^ (word >> shift & 0xFFFF)) &* 0x100_0000_01B3
    }
  }

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
    add(UInt64(text.utf8.count))
  }

  mutating func add(_ measure: Measure) {
    add(UInt64(measure.count))
    for mass in measure.masses { add(mass.bitPattern) }
    if case .points(let cloud) = measure {
      for coordinate in cloud.coordinates { add(coordinate.bitPattern) }
    }
    if case .histogram(let histogram) = measure {
      for position in histogram.positions ?? [] { add(position.bitPattern) }
    }
    if case .grid(let grid) = measure {
      for side in grid.shape { add(UInt64(side)) }
      for step in grid.spacing { add(step.bitPattern) }
    }
  }

  var text: String { String(value, radix: 16) }
}
