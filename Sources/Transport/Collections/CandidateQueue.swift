/// Candidates by what is known of their cost, the least first; of equal ones the first in the collection.
struct CandidateQueue {
  struct Entry {
    let bound: Double
    let candidate: Int32
    /// How many kinds of bounds have been computed.
    var level: Int32

    func isBefore(_ other: Entry) -> Bool {
      bound != other.bound ? bound < other.bound : candidate < other.candidate
    }
  }

  private var heap: [Entry] = []

  /// Makes a queue of entries.
  mutating func fill(_ entries: some Sequence<Entry>) {
    heap.removeAll(keepingCapacity: true)
    heap.append(contentsOf: entries)
    for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
  }

  var first: Entry? { heap.first }

  /// Removes the first entry.
  mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    sink(0)
  }

  /// Puts another entry in the place of the first.
  mutating func replaceFirst(by entry: Entry) {
    heap[0] = entry
    sink(0)
  }

  private mutating func sink(_ start: Int) {
    var place = start
    let entry = heap[start]
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
      guard heap[child].isBefore(entry) else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = entry
  }
}
