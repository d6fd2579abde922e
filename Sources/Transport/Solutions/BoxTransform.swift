import Measures

/// c-transforms among points in few dimensions, without those boxes that cannot hold the least.
///
/// The values are those of the full transforms to a few roundings.
struct BoxTransform {
  private let points: PairwiseCosts

  private let threads: Int

  init(_ points: PairwiseCosts, threads: Int) {
    self.points = points
    self.threads = threads
  }

  /// The least cost − g of each source, and of each target the least cost − that.
  func repaired(_ potentials: KantorovichPotentials) -> KantorovichPotentials {
    let f = transform(
      of: potentials.target, at: points.targets, to: points.sources, count: points.rows)
    let g = transform(of: f, at: points.sources, to: points.targets, count: points.columns)
    return KantorovichPotentials(source: f, target: g)
  }

  /// min (cost − potential) over the points that have potentials, for each of the others.
  private func transform(
    of potentials: [Double], at these: [Double], to others: [Double], count: Int
  ) -> [Double] {
    let tree = PotentialTree(these, dimension: points.dimension, potentials: potentials)
    let cost = points.pointCost
    let parts = SharedRows(count, threads: threads).map { rows in
      rows.map { other in
        var least = Double.infinity
        tree.search { box in
          cost.least(other, of: others, toBox: box, from: tree.lower, to: tree.upper)
        } canMatter: { cost, potential in
          cost - potential < least
        } visit: { point in
          least = min(least, cost(other, of: others, point, of: these) - potentials[point])
        }
        return least
      }
    }
    return parts.flatMap { $0 }
  }
}
