import Measures
import Testing

/// A compensated sum is right to one rounding, however its terms cancel.
struct CompensatedSumTests {
  @Test func cancellation() {
    #expect(CompensatedSum([1, 1e100, 1, -1e100]).value == 2)
    #expect(CompensatedSum([1e16, 1, -1e16]).value == 1)
    #expect(CompensatedSum([0.1, 0.2, -0.3]).value == 0x1p-55 - 0x1p-54 + 0x1p-55 + 0x1p-55)
  }

  @Test func manyTerms() {
    // The double nearest to 0.1 is 0.1 + 5.55e-18; a million of them are 100000 + 5.55e-12.
    let sum = CompensatedSum(repeatElement(0.1, count: 1_000_000)).value
    #expect(sum == 100_000)
  }

  /// Integers add up exactly, in any order.
  @Test func order() {
    var random = SplitMix(state: 3)
    let terms = (0..<500).map { _ in Double(Int.random(in: -(1 << 52)...(1 << 52), using: &random))
    }
    let exact = terms.reduce(Int128(0)) { $0 + Int128($1) }
    #expect(CompensatedSum(terms).value == Double(exact))
    #expect(CompensatedSum(terms.shuffled(using: &random)).value == Double(exact))
  }

  @Test func empty() {
    #expect(CompensatedSum().value == 0)
  }

  @Test func infinite() {
    #expect(CompensatedSum([1, .infinity, 2]).value == .infinity)
    #expect(CompensatedSum([1, .infinity, -.infinity]).value.isNaN)
    #expect(
      CompensatedSum([.greatestFiniteMagnitude, .greatestFiniteMagnitude]).value == .infinity)
  }
}
