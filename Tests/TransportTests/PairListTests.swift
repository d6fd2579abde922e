import Testing
import Transport

/// Pairs in the order in which they are computed.
@Suite struct PairListTests {
  @Test(arguments: [0, 1, 2, 3, 7])
  func trianglesHaveEachPairOnce(count: Int) {
    let pairs = PairList.all(count: count)
    var expected: [PairList.Pair] = []
    for i in 0..<count {
      for j in i + 1..<max(count, i + 1) { expected.append(PairList.Pair(source: i, target: j)) }
    }
    #expect(Array(pairs) == expected)
  }

  @Test func rectanglesGoRowByRow() {
    let pairs = PairList.between(1..<3, 4..<7)
    #expect(pairs.map(\.source) == [1, 1, 1, 2, 2, 2])
    #expect(pairs.map(\.target) == [4, 5, 6, 4, 5, 6])
  }

  @Test func partsAreAllThereIs() {
    let pairs = PairList.all(count: 9)
    for parts in [1, 2, 5, 36, 50] {
      let places = (1...parts).map { pairs.places(ofPart: $0, of: parts) }
      #expect(places.flatMap { Array($0) } == Array(0..<36))
      let sizes = places.map(\.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }
}
