/// For each source of a dense matrix the few targets that were best when its row was last scanned.
///
/// - Source: C. Gottschlich, D. Schuhmacher, "The shortlist method for fast computation of the Earth
///   Mover's Distance", PLoS ONE 9 (2014); here a list is made anew from the reduced costs at each scan of
///   its row, where they sort each row by cost once.
struct Shortlists {
  /// Shorter rows stay in the cache; there the pivots that lists cost outweigh the scans they save.
  static let leastTargets = 2_048
  /// The length of a list, and how many targets a scan is to put into it at least.
  private static let capacity = 64
  private static let wanted = 32
  /// The row is looked at in chunks, of whose minima the threshold of the list is one.
  private static let chunk = 32

  private var targets: [Int32]
  private var costs: [Float]
  private var counts: [Int32]
  /// The sums of one row, and the least of each chunk.
  private var sums: [Float]
  private var minima: [Float]

  init(sourceCount: Int, targetCount: Int) {
    targets = Array(repeating: 0, count: sourceCount * Self.capacity)
    costs = Array(repeating: 0, count: sourceCount * Self.capacity)
    counts = Array(repeating: 0, count: sourceCount)
    sums = Array(repeating: 0, count: targetCount)
    minima = []
  }

  /// Empties all lists.
  mutating func removeAll() {
    for source in counts.indices { counts[source] = 0 }
  }

  /// A target of a source's list whose cost + π, rounded, is the least and below a ceiling, or −1.
  @inline(__always)
  func leastSum<Cost>(
    _ source: Int, _ potentials: PotentialRow<Cost>, below ceiling: Float
  ) -> Int {
    var best = (value: ceiling, target: -1)
    let start = source * Self.capacity
    for place in start..<start + Int(counts[source]) {
      let target = Int(targets[place])
      let value = unsafe costs[place] + potentials.rounded[target]
      if value < best.value { best = (value, target) }
    }
    return best.target
  }

  /// Scans a row and makes the source's list of its least sums.
  mutating func collect<Cost>(
    _ source: Int, _ matrix: RoundedMatrix, _ potentials: PotentialRow<Cost>
  ) {
    let count = sums.count
    matrix.scan(source, potentials, into: &sums, minima: &minima, chunk: Self.chunk)
    let threshold = thresholdOfList()
    var length = 0
    let list = source * Self.capacity
    for (chunk, least) in minima.enumerated() where least <= threshold {
      let first = chunk * Self.chunk
      for j in first..<min(first + Self.chunk, count)
      where sums[j] <= threshold && length < Self.capacity {
        targets[list + length] = Int32(truncatingIfNeeded: j)
        costs[list + length] = matrix[source, j]
        length += 1
      }
    }
    counts[source] = Int32(truncatingIfNeeded: length)
  }

  /// The chunk minimum that as many chunks do not exceed as the list is to have targets.
  private func thresholdOfList() -> Float {
    var lowest = minima.prefix(Self.wanted).sorted()
    for least in minima.dropFirst(Self.wanted) where least < lowest[lowest.count - 1] {
      var place = lowest.count - 1
      while place > 0, lowest[place - 1] > least {
        lowest[place] = lowest[place - 1]
        place -= 1
      }
      lowest[place] = least
    }
    return lowest[lowest.count - 1]
  }
}
