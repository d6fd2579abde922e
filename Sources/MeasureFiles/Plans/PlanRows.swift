import Measures
import Transport

/// The arcs of a plan as a file gives them, each checked with the place where it stands.
struct PlanRows {
  let sourceCount: Int
  let targetCount: Int
  /// The number of the first source and target: 0 or 1.
  var firstIndex = 0
  private var arcs: [TransportPlan.Arc] = []
  private var pairs: Set<Pair> = []

  private struct Pair: Hashable {
    let source: Int
    let target: Int
  }

  init(sourceCount: Int, targetCount: Int) {
    self.sourceCount = sourceCount
    self.targetCount = targetCount
  }

  var plan: TransportPlan {
    TransportPlan(arcs: arcs, sourceCount: sourceCount, targetCount: targetCount)
  }

  /// Appends rows of source, target and mass.
  ///
  /// - Throws: An error at an index that is none or at a pair that stood before.
  mutating func append(triples block: NumberBlock) throws(MeasureFileError) {
    guard block.columns == 3 else {
      throw block.origin.error(
        at: 0, "an arc has \(block.columns) entries", fix: "write [source, target, mass]")
    }
    for row in 0..<block.rows {
      let pair = Pair(
        source: try Self.index(
          block, at: 3 * row, below: sourceCount, from: firstIndex, "source"),
        target: try Self.index(
          block, at: 3 * row + 1, below: targetCount, from: firstIndex, "target"))
      guard pairs.insert(pair).inserted else {
        throw block.origin.error(
          at: 3 * row,
          "the arc from source \(pair.source + firstIndex) to target "
            + "\(pair.target + firstIndex) stands twice", fix: "add the masses up")
      }
      arcs.append(
        TransportPlan.Arc(
          source: pair.source, target: pair.target, mass: block.values[3 * row + 2]))
    }
  }

  /// Appends every entry that is not zero of a matrix with a row for each source.
  mutating func append(matrix block: NumberBlock) throws(MeasureFileError) {
    guard block.rows == sourceCount, block.columns == targetCount else {
      throw block.origin.error(
        "the plan is \(block.rows) × \(block.columns), and there are \(sourceCount) sources "
          + "(rows) and \(targetCount) targets (columns)",
        fix: "check the order of the measures")
    }
    for (index, mass) in block.values.enumerated() where mass != 0 {
      let (source, target) = index.quotientAndRemainder(dividingBy: targetCount)
      arcs.append(TransportPlan.Arc(source: source, target: target, mass: mass))
    }
  }

  /// A number of the block as an index below a count, counted in the file from 0 or 1.
  static func index(
    _ block: NumberBlock, at place: Int, below count: Int, from first: Int = 0, _ name: String
  ) throws(MeasureFileError) -> Int {
    guard let index = Int(exactly: block.values[place]) else {
      throw block.origin.error(
        at: place, "the \(name) \(NumberFormat.shortest(block.values[place])) is no whole number",
        fix: "sources and targets are counted \(first), \(first + 1), \(first + 2)")
    }
    guard index >= first, index - first < count else {
      throw block.origin.error(
        at: place, "the \(name) \(index) is out of range",
        fix: "there are \(count), counted from \(first) to \(count - 1 + first)")
    }
    return index - first
  }
}
