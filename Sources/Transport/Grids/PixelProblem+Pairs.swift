import Measures

extension PixelProblem {
  /// Solves the problem on the arcs between pairs of pixels.
  func solvePairs(_ monitor: PivotMonitor) -> PixelSolution {
    var use = PairSolve(grid: self, monitor: monitor)
    guard let solution = PixelKernel.with(points, &use) else {
      preconditionFailure("a method for pairs has a kernel")
    }
    return solution
  }

  private struct PairSolve: PixelKernel.Use {
    let grid: PixelProblem
    let monitor: PivotMonitor

    mutating func callAsFunction<Kernel: GroundKernel>(_ kernel: Kernel) -> PixelSolution {
      grid.cancels ? grid.solveExcess(kernel, monitor) : grid.solveAll(kernel, monitor)
    }
  }

  /// Solves for what is left once each pixel has taken its own.
  private func solveExcess<Kernel: GroundKernel>(
    _ kernel: Kernel, _ monitor: PivotMonitor
  ) -> PixelSolution {
    let excess = excess
    let shape = lattice.commonShape
    let giving = excess.net.indices.filter { excess.net[$0] > 0 }
    let taking = excess.net.indices.filter { excess.net[$0] < 0 }
    guard !giving.isEmpty else {
      return PixelSolution(
        isOptimal: true, pivots: 0, plan: plan(excess.staying),
        potentials: potentials([Double](repeating: 0, count: excess.net.count)))
    }
    let sources = PixelSide(giving, excess.net.map { max(0, $0) }, shape, spacing)
    let targets = PixelSide(taking, excess.net.map { max(0, -$0) }, shape, spacing)
    let result = run(kernel, sources, targets, monitor)
    var potential = [Double](repeating: .infinity, count: excess.net.count)
    for (index, place) in giving.enumerated() { potential[place] = result.source[index] }
    for (index, place) in taking.enumerated() { potential[place] = -result.target[index] }
    let others = potential.indices.filter { potential[$0] == .infinity }
    let least = PotentialSearch(
      kernel, targets.cells.levels[0].centres, potentials: result.target, dimension: shape.count
    ).leastReduced(at: PixelSide(others, [], shape, spacing).cells.levels[0].centres)
    for (place, value) in zip(others, least) { potential[place] = value }
    let arcs = result.arcs.map {
      ForestArc(
        source: excess.source[giving[$0.source]], target: excess.target[taking[$0.target]],
        flow: $0.flow)
    }
    return PixelSolution(
      isOptimal: result.ending == .optimal, pivots: result.pivots,
      plan: plan(excess.staying + arcs), potentials: potentials(potential))
  }

  /// Solves for all masses.
  private func solveAll<Kernel: GroundKernel>(
    _ kernel: Kernel, _ monitor: PivotMonitor
  ) -> PixelSolution {
    let giving = supplies.indices.filter { supplies[$0] > 0 }
    let taking = demands.indices.filter { demands[$0] > 0 }
    let sources = PixelSide(giving, supplies, lattice.sourceShape, spacing)
    let targets = PixelSide(taking, demands, lattice.targetShape, spacing)
    let result = run(kernel, sources, targets, monitor)
    let arcs = result.arcs.map {
      ForestArc(source: giving[$0.source], target: taking[$0.target], flow: $0.flow)
    }
    return PixelSolution(
      isOptimal: result.ending == .optimal, pivots: result.pivots, plan: plan(arcs),
      potentials: tightened(kernel, result, sources, targets))
  }

  private func run<Kernel: GroundKernel>(
    _ kernel: Kernel, _ sources: PixelSide, _ targets: PixelSide, _ monitor: PivotMonitor
  ) -> SimplexResult<Double> {
    let masses = FlowMasses(
      supplies: sources.cells.levels[0].masses, demands: targets.cells.levels[0].masses)
    // One call for each, so that each is compiled on its own.
    return masses.fitsInt64
      ? CoarseToFine<Kernel, Int64>.solve(
        kernel, sources.cells, targets.cells, shape: lattice.commonShape, spacing: spacing,
        remembers: cancels, monitor: monitor)
      : CoarseToFine<Kernel, Int128>.solve(
        kernel, sources.cells, targets.cells, shape: lattice.commonShape, spacing: spacing,
        remembers: cancels, monitor: monitor)
  }

  /// The potentials of all pixels: those without mass get the tight one.
  private func tightened<Kernel: GroundKernel>(
    _ kernel: Kernel, _ result: SimplexResult<Double>, _ sources: PixelSide,
    _ targets: PixelSide
  ) -> KantorovichPotentials {
    let dimension = lattice.dimension
    var f = [Double](repeating: 0, count: supplies.count)
    var g = [Double](repeating: 0, count: demands.count)
    for (index, pixel) in sources.pixels.enumerated() { f[pixel] = result.source[index] }
    for (index, pixel) in targets.pixels.enumerated() { g[pixel] = result.target[index] }
    let emptyTargets = PixelSide(
      demands.indices.filter { demands[$0] == 0 }, [], lattice.targetShape, spacing)
    let ofTargets = PotentialSearch(
      kernel, sources.cells.levels[0].centres, potentials: result.source, dimension: dimension
    ).leastReduced(at: emptyTargets.cells.levels[0].centres)
    for (pixel, value) in zip(emptyTargets.pixels, ofTargets) { g[pixel] = value }
    let emptySources = PixelSide(
      supplies.indices.filter { supplies[$0] == 0 }, [], lattice.sourceShape, spacing)
    let allTargets = PixelSide(Array(demands.indices), [], lattice.targetShape, spacing)
    let ofSources = PotentialSearch(
      kernel, allTargets.cells.levels[0].centres, potentials: g, dimension: dimension
    ).leastReduced(at: emptySources.cells.levels[0].centres)
    for (pixel, value) in zip(emptySources.pixels, ofSources) { f[pixel] = value }
    let degree = exponent * kernel.degree
    return KantorovichPotentials(
      source: ReducedProblem.scaled(f, by: degree), target: ReducedProblem.scaled(g, by: degree))
  }
}

/// Some pixels of a grid, with their masses and places.
private struct PixelSide {
  let pixels: [Int]
  let cells: PixelCells

  /// Pixels by their indices; `masses` are those of all pixels, or empty where they play no part.
  init(_ pixels: [Int], _ masses: [Int128], _ shape: [Int], _ spacing: [Double]) {
    self.pixels = pixels
    cells = PixelCells(
      masses: masses.isEmpty ? [] : pixels.map { masses[$0] }, pixels: pixels, shape: shape,
      spacing: spacing)
  }
}
