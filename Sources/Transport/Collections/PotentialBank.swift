package import Measures

/// Potentials from earlier solves of one query, each of which bounds the cost to every other candidate.
///
/// Potentials that are feasible for all bins stay feasible whatever the masses are: Σ a f + Σ b g is a
/// lower bound for every target b. For the query's own masses the first sum is a number, so that a bound
/// costs one product of n terms. What the potentials lack in feasibility is measured and taken off.
package struct PotentialBank {
  private let table: BoundTable
  /// Σ a f of each, less what must be taken off.
  private var constants: [Double] = []
  /// The potentials g of each.
  private var potentials: [Double] = []
  private var shifts: [Double]

  package init(_ table: BoundTable) {
    self.table = table
    shifts = [Double](repeating: 0, count: table.binCount)
  }

  /// More would cost more than they save.
  static let capacity = 64

  var count: Int { constants.count }

  mutating func removeAll() {
    constants.removeAll(keepingCapacity: true)
    potentials.removeAll(keepingCapacity: true)
  }

  /// Takes the potentials of a solve.
  ///
  /// - Parameters:
  ///   - query: The histogram whose masses f belongs to.
  ///   - f: The potentials on the query's side.
  ///   - g: The potentials on the other.
  package mutating func add(query: Int, f: [Double], g: [Double]) {
    guard count < Self.capacity else { return }
    let (bins, costs) = (table.binCount, table.bins.costs)
    for bin in 0..<bins { shifts[bin] = -g[bin] }
    var (constant, violation, largest) = (0.0, 0.0, 0.0)
    for bin in 0..<bins {
      largest = max(largest, abs(f[bin]), abs(g[bin]))
      let mass = table.masses[query * bins + bin]
      guard mass > 0 else { continue }
      constant += mass * f[bin]
      let least = RowScan.leastSum(costs.entries, from: bin * bins, shifts, from: 0, count: bins)
      violation = max(violation, f[bin] - least.value)
    }
    guard largest.isFinite else { return }
    constants.append(constant - violation - 16 * Double(bins + 4) * 0x1p-52 * largest)
    potentials.append(contentsOf: g)
  }

  /// The largest bound on the cost to a candidate by those from a place on.
  package func bound(_ query: Int, _ candidate: Int, from place: Int) -> Double {
    var best = -Double.infinity
    let bins = table.binCount
    for place in place..<count {
      let product = BoundKernels.product(
        table.masses, from: candidate * bins, potentials, from: place * bins, count: bins)
      best = max(best, constants[place] + product)
    }
    return best == -.infinity ? best : table.safe(best, query, candidate)
  }
}
