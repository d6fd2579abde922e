import Measures

/// What one worker solves pairs with: memory of its own.
final class PairSolver {
  /// The answer for a pair.
  struct Answer {
    let cost: Double
    /// The root of the cost.
    let distance: Double
    /// Optimal potentials, where bins are shared and potentials are wanted.
    var potentials: KantorovichPotentials?
  }

  private let collection: MeasureCollection
  private let series: TransportSeries?
  private let wantsPotentials: Bool
  private var check: PairCheck?

  /// Memory for the pairs of a collection; whether answers are to have potentials.
  init(_ collection: MeasureCollection, wantsPotentials: Bool = false) {
    self.collection = collection
    self.wantsPotentials = wantsPotentials
    if case .sharedBins(let bins, _) = collection.method {
      series = bins.series()
      check = PairCheck(bins.costs)
    } else {
      series = nil
    }
  }

  /// The cost of a pair, certified.
  func solve(_ source: Int, _ target: Int) throws -> Answer {
    do {
      switch collection.method {
      case .line(let line, let histograms):
        let cost = try line.distance(from: histograms[source], to: histograms[target])
        return Answer(cost: cost, distance: cost)
      case .sharedBins(let bins, let histograms):
        let certified = try certified(histograms[source], histograms[target])
        return Answer(
          cost: certified.cost,
          distance: TransportProblem.distance(ofCost: certified.cost, order: bins.order),
          potentials: certified.potentials)
      case .problems(let solver, let make):
        return try answer(try make(source, target), solver)
      }
    } catch let error where !(error is CancellationError) {
      throw CollectionError.pair(source: source, target: target, error)
    }
  }

  private func certified(_ source: Histogram, _ target: Histogram) throws -> CertifiedCost {
    guard let series, var check else { preconditionFailure("made for this collection") }
    // One owner at a time, so that the memory is not copied.
    self.check = nil
    defer { self.check = check }
    return try series.certifiedCost(
      from: source, to: target, &check, wantsPotentials: wantsPotentials)
  }

  private func answer(
    _ problem: TransportProblem, _ solver: any TransportSolver
  ) throws -> Answer {
    let solution = try solver.solve(problem)
    // Without a time limit a solver stops early only where its task was cancelled.
    if solution.outcome == .limitReached { throw CancellationError() }
    let certified = try PairCheck.certified(solution, for: problem)
    return Answer(cost: certified.cost, distance: problem.distance(ofCost: certified.cost))
  }
}
