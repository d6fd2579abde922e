/// Pairs of measures of a collection, in an order of their own.
///
///     let pairs = PairList.all(count: 3)
///     pairs.map { $0 }  // (0, 1), (0, 2), (1, 2)
///
/// A matrix of distances is computed in parts, by several workers or machines, each of which takes a range
/// of places in this order.
public struct PairList: RandomAccessCollection, Hashable, Sendable {
  /// A source and a target, by their places in the collection.
  public struct Pair: Hashable, Sendable {
    /// The measure that mass leaves.
    public let source: Int
    /// The measure that mass reaches.
    public let target: Int

    /// A pair of places.
    public init(source: Int, target: Int) {
      self.source = source
      self.target = target
    }
  }

  /// The sources.
  public let sources: Range<Int>
  /// The targets.
  public let targets: Range<Int>
  /// Whether these are the pairs (i, j) with i < j of one range; otherwise all pairs of both.
  public let isTriangle: Bool

  private init(_ sources: Range<Int>, _ targets: Range<Int>, isTriangle: Bool) {
    self.sources = sources
    self.targets = targets
    self.isTriangle = isTriangle
  }

  /// Each pair (i, j) with i < j once: what a symmetric matrix needs.
  ///
  /// - Parameter count: The number of measures.
  /// - Returns: n (n − 1) / 2 pairs, row by row.
  public static func all(count: Int) -> PairList {
    PairList(0..<count, 0..<count, isTriangle: true)
  }

  /// All pairs of a source and a target.
  ///
  /// - Parameters:
  ///   - sources: The places of the sources.
  ///   - targets: The places of the targets.
  /// - Returns: m × n pairs, row by row.
  public static func between(_ sources: Range<Int>, _ targets: Range<Int>) -> PairList {
    PairList(sources, targets, isTriangle: false)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int {
    isTriangle ? sources.count * (sources.count - 1) / 2 : sources.count * targets.count
  }

  /// The pair at a place.
  ///
  /// - Complexity: O(1); O(log n) among the pairs i < j.
  public subscript(place: Int) -> Pair {
    precondition(indices.contains(place), "there is no such pair")
    guard isTriangle else {
      let (row, column) = place.quotientAndRemainder(dividingBy: targets.count)
      return Pair(source: sources.lowerBound + row, target: targets.lowerBound + column)
    }
    var (low, high) = (0, sources.count - 1)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if firstPlace(ofRow: middle) <= place { low = middle } else { high = middle }
    }
    return Pair(source: low, target: low + 1 + place - firstPlace(ofRow: low))
  }

  /// The pair behind another.
  func next(after pair: Pair) -> Pair {
    if pair.target + 1 < targets.upperBound {
      return Pair(source: pair.source, target: pair.target + 1)
    }
    return Pair(
      source: pair.source + 1, target: isTriangle ? pair.source + 2 : targets.lowerBound)
  }

  /// How many pairs stand before those of a row, among the pairs i < j.
  private func firstPlace(ofRow row: Int) -> Int { row * (2 * sources.count - row - 1) / 2 }

  /// The places of one of several parts of about equal size.
  ///
  /// - Parameters:
  ///   - part: Which part, from 1.
  ///   - parts: How many parts there are, at least 1.
  /// - Returns: A range of places; those of all parts one after the other are all places.
  public func places(ofPart part: Int, of parts: Int) -> Range<Int> {
    precondition(parts >= 1 && (1...parts).contains(part), "parts are counted from 1")
    return Self.places(ofPart: part, of: parts, count: count)
  }

  /// The same for so many things in a row.
  package static func places(ofPart part: Int, of parts: Int, count: Int) -> Range<Int> {
    func start(_ part: Int) -> Int {
      let (quotient, rest) = count.quotientAndRemainder(dividingBy: parts)
      return part * quotient + Swift.min(part, rest)
    }
    return start(part - 1)..<start(part)
  }
}
