/// The search for the nearest neighbours of one query after the other, by one worker.
///
/// Candidates wait in a queue, the least bound first. The first one gets the next, dearer bound and waits
/// again, until none is left and the pair is solved; once the first bound is above the distance of the
/// k-th neighbour, so are all others.
///
/// - Source: T. Seidl, H.-P. Kriegel, "Optimal multi-step k-nearest neighbor search", SIGMOD 1998.
final class NeighbourSearch {
  private let collection: MeasureCollection
  private let table: BoundTable?
  private let solver: PairSolver
  private var bank: PotentialBank?
  private var queue = CandidateQueue()
  /// For each candidate, how many potentials of the bank it has been held against.
  private var seen: [Int32]
  private var best = BestNeighbours(count: 0)
  private var solves = 0

  init(_ collection: MeasureCollection, _ table: BoundTable?) {
    self.collection = collection
    self.table = table
    solver = PairSolver(collection, wantsPotentials: true)
    bank = table.map { PotentialBank($0) }
    seen = [Int32](repeating: 0, count: collection.count)
  }

  /// The nearest neighbours of a query.
  func neighbours(_ count: Int, of query: Int, among candidates: Range<Int>) throws -> NeighbourList
  {
    best = BestNeighbours(count: count)
    solves = 0
    if let table {
      try search(query, candidates, table)
    } else {
      for candidate in candidates where candidate != query { try solve(query, candidate) }
    }
    return NeighbourList(
      query: query, neighbours: best.neighbours,
      candidates: candidates.count - (candidates.contains(query) ? 1 : 0), solves: solves)
  }

  private func search(_ query: Int, _ candidates: Range<Int>, _ table: BoundTable) throws {
    bank?.removeAll()
    for candidate in candidates { seen[candidate] = 0 }
    queue.fill(
      candidates.lazy.filter { $0 != query }.map {
        CandidateQueue.Entry(
          bound: table.centroidBound(query, $0), candidate: Int32($0), level: 0)
      })
    while let entry = queue.first, !(entry.bound > best.limit) {
      let candidate = Int(entry.candidate)
      if let bound = better(query, candidate, entry.level, table) {
        queue.replaceFirst(
          by: CandidateQueue.Entry(
            bound: max(bound.value, entry.bound), candidate: entry.candidate, level: bound.level))
      } else {
        queue.removeFirst()
        try solve(query, candidate)
      }
    }
  }

  /// The next bound of a candidate; nil if it has had them all.
  private func better(
    _ query: Int, _ candidate: Int, _ level: Int32, _ table: BoundTable
  ) -> (value: Double, level: Int32)? {
    if level == 0, table.hasProjections { return (table.projectionBound(query, candidate), 1) }
    if let bank, seen[candidate] < bank.count {
      defer { seen[candidate] = Int32(bank.count) }
      return (bank.bound(query, candidate, from: Int(seen[candidate])), max(level, 1))
    }
    return level < 2 ? (table.relaxedBound(query, candidate), 2) : nil
  }

  private func solve(_ query: Int, _ candidate: Int) throws {
    try Task.checkCancellation()
    // The number that the matrix of distances has for the pair.
    let isSwapped = collection.isSymmetric && candidate < query
    let answer =
      isSwapped ? try solver.solve(candidate, query) : try solver.solve(query, candidate)
    solves += 1
    best.add(candidate, cost: answer.cost, distance: answer.distance)
    guard let potentials = answer.potentials else { return }
    bank?.add(
      query: query, f: isSwapped ? potentials.target : potentials.source,
      g: isSwapped ? potentials.source : potentials.target)
  }
}

/// The nearest of the candidates seen so far; of those at equal distances the first in the collection.
private struct BestNeighbours {
  private let count: Int
  private var found: [(cost: Double, neighbour: Neighbour)] = []

  init(count: Int) { self.count = count }

  /// The cost above which a candidate cannot be among the nearest.
  ///
  /// Costs that differ by roundings may have the same root, and then the place in the collection counts.
  var limit: Double {
    guard found.count == count, let last = found.last else { return .infinity }
    return last.cost + abs(last.cost) * 0x1p-40
  }

  mutating func add(_ candidate: Int, cost: Double, distance: Double) {
    var place = found.count
    while place > 0 {
      let other = found[place - 1].neighbour
      guard (distance, candidate) < (other.distance, other.index) else { break }
      place -= 1
    }
    guard place < count else { return }
    found.insert((cost, Neighbour(index: candidate, distance: distance)), at: place)
    if found.count > count { found.removeLast() }
  }

  var neighbours: [Neighbour] { found.map(\.neighbour) }
}
