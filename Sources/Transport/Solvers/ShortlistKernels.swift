/// For each source of a dense matrix the few targets that were best when its row was last scanned.
///
/// - Source: C. Gottschlich, D. Schuhmacher, "The shortlist method for fast computation of the Earth
///   Mover's Distance", PLoS ONE 9 (2014); here a list is made anew from the reduced costs at each scan of
///   its row, where they sort each row by cost once.
@safe struct Shortlists<Cost: SimplexCost> {
  /// Shorter rows stay in the cache; there the pivots that lists cost outweigh the scans they save.
  static var leastTargets: Int { 2_048 }
  /// The length of a list, and how many targets a scan is to put into it at least.
  private static var capacity: Int { 64 }
  private static var wanted: Int { 32 }
  /// The row is looked at in chunks, of whose minima the threshold of the list is one.
  private static var chunk: Int { 32 }

  private var targets: [Int32]
  private var costs: [Cost]
  private var counts: [Int32]
  /// The sums of one row, and the least of each chunk.
  private var sums: [Cost]
  private var minima: [Cost]

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

  /// The best target of a source's list.
  @inline(__always)
  func cheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    var best = (value: ceiling, target: -1)
    let start = source * Self.capacity
    for place in start..<start + Int(counts[source]) {
      let target = Int(targets[place])
      let value = unsafe costs[place] + potentials.start[target]
      if value < best.value { best = (value, target) }
    }
    return best
  }
}

extension Shortlists<Double> {
  /// Scans a row and makes the source's list of its least sums.
  ///
  /// - Returns: The least sum of the row and where it is.
  mutating func collect(
    _ source: Int, _ row: [Double], from start: Int, _ potentials: PotentialRow<Double>
  ) -> (value: Double, index: Int) {
    let count = potentials.count
    precondition(count == sums.count && start >= 0 && start + count <= row.count)
    let best = scan(row, from: start, potentials)
    let threshold = thresholdOfList()
    var length = 0
    let list = source * Self.capacity
    for (chunk, least) in minima.enumerated() where least <= threshold {
      let first = chunk * Self.chunk
      for j in first..<min(first + Self.chunk, count)
      where sums[j] <= threshold && length < Self.capacity {
        targets[list + length] = Int32(truncatingIfNeeded: j)
        costs[list + length] = row[start + j]
        length += 1
      }
    }
    counts[source] = Int32(truncatingIfNeeded: length)
    return best
  }

  /// Fills the sums and the least of each chunk.
  private mutating func scan(
    _ row: [Double], from start: Int, _ potentials: PotentialRow<Double>
  ) -> (value: Double, index: Int) {
    minima.removeAll(keepingCapacity: true)
    let count = potentials.count
    var best = (value: Double.infinity, chunk: 0)
    unsafe row.withUnsafeBufferPointer { row in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        guard let row = row.baseAddress, let sums = sums.baseAddress else { return }
        for first in stride(from: 0, to: count, by: Self.chunk) {
          let least = unsafe Self.add(
            row + start + first, potentials.start + first, into: sums + first,
            count: min(Self.chunk, count - first))
          if least < best.value { best = (least, first) }
          minima.append(least)
        }
      }
    }
    for j in best.chunk..<min(best.chunk + Self.chunk, count) where sums[j] == best.value {
      return (best.value, j)
    }
    return (best.value, best.chunk)
  }

  @inline(__always)
  private static func add(
    _ row: UnsafePointer<Double>, _ potentials: UnsafePointer<Double>,
    into sums: UnsafeMutablePointer<Double>, count: Int
  ) -> Double {
    var lanes = SIMD8<Double>(repeating: .infinity)
    var j = 0
    while j + 8 <= count {
      let sum = unsafe loadEight(row + j) + loadEight(potentials + j)
      unsafe UnsafeMutableRawPointer(sums + j).storeBytes(of: sum, as: SIMD8<Double>.self)
      lanes = lanes.orLess(sum)
      j += 8
    }
    var least = lanes.least
    while j < count {
      let sum = unsafe row[j] + potentials[j]
      unsafe sums[j] = sum
      least = min(least, sum)
      j += 1
    }
    return least
  }

  /// The chunk minimum that as many chunks do not exceed as the list is to have targets.
  private func thresholdOfList() -> Double {
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
