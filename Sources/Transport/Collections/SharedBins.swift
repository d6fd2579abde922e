import Measures

/// The costs between bins that all measures of a collection share.
struct SharedBins: Sendable {
  let costs: CostMatrix
  /// The costs are distances to this power.
  let order: Double
  let mass: MassPolicy
  /// The lines that bins are projected onto for lower bounds; nil where only the costs are known.
  let projections: BinProjections?

  /// A series of its own for each worker.
  func series() -> TransportSeries { TransportSeries(costs, order: order, mass: mass) }
}
