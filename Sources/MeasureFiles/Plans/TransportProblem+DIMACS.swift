public import Transport

extension TransportProblem {
  /// Writes the problem as a minimum cost flow in the format of DIMACS, for other solvers to check.
  ///
  /// Sources are the nodes 1 to m, targets m + 1 to m + n. Everything in it is an integer: masses in
  /// units of `massUnit` and costs in units of `costUnit`, which comment lines give; the optimum of
  /// the file times both units is the optimal cost. Nothing is rounded. No arc's bound can be active:
  /// each may carry the whole mass. Forbidden arcs are left out.
  ///
  /// - Parameter path: Where the file shall stand; what is there is replaced.
  /// - Throws: `MeasureFileError` of the kind `badData` where the problem has no form in 64-bit
  ///   integers (irrational costs, doubles without a short decimal form, capacities), or of the kind
  ///   `cannotWrite`.
  /// - Complexity: O(m n d).
  /// - Source: DIMACS, "The First DIMACS International Algorithm Implementation Challenge: Problem
  ///   Definitions and Specifications", 1991, section "Minimum cost flow".
  public func writeDIMACS(to path: String) throws(MeasureFileError) {
    let flow = try MinimumCostFlow(self, path: path)
    try OutputFile.write(to: path) { sink throws(FileDescriptorHandle.Failure) in
      for line in flow.heading { try sink.append(line + "\n") }
      for (node, mass) in (flow.supplies + flow.demands.map { -$0 }).enumerated() where mass != 0 {
        try sink.append("n \(node + 1) \(mass)\n")
      }
      for (arc, cost) in flow.costs.enumerated() where cost != IntegerTransportProblem.forbidden {
        let (source, target) = arc.quotientAndRemainder(dividingBy: flow.demands.count)
        try sink.append(
          "a \(source + 1) \(flow.supplies.count + target + 1) 0 \(flow.total) \(cost)\n")
      }
    }
  }
}

/// A transport problem as a flow of 64-bit integers, in lowest terms.
private struct MinimumCostFlow {
  let supplies: [Int128]
  let demands: [Int128]
  let costs: [Int128]
  let total: Int128
  let heading: [String]

  init(_ problem: TransportProblem, path: String) throws(MeasureFileError) {
    func refusal(_ what: String, _ fix: String) -> MeasureFileError {
      MeasureFileError(
        .badData, path: path, what: "the problem has no form in integers: \(what)", fix: fix)
    }
    guard problem.capacities == nil else {
      throw refusal("it has capacities", "write it with --export-lp")
    }
    let form: IntegerTransportProblem
    do {
      form = try problem.integerForm()
    } catch {
      throw refusal("\(error)", "or write it with --export-lp")
    }
    guard !form.costsAreRoundedDown else {
      throw refusal(
        "its costs are irrational", "take --metric sqeuclidean or cityblock, or --export-lp")
    }
    let mass = Self.divisor(of: form.supplies + form.demands)
    let cost = Self.divisor(of: form.costs.filter { $0 != IntegerTransportProblem.forbidden })
    supplies = form.supplies.map { $0 / mass }
    demands = form.demands.map { $0 / mass }
    costs = form.costs.map { $0 == IntegerTransportProblem.forbidden ? $0 : $0 / cost }
    total = supplies.reduce(0, +)
    let allowed = costs.filter { $0 != IntegerTransportProblem.forbidden }
    guard total <= Int64.max, allowed.allSatisfy({ $0.magnitude <= Int64.max }) else {
      throw refusal("masses or costs need more than 64 bits", "or write it with --export-lp")
    }
    heading = [
      "c minimum cost flow of a transport problem: sources 1 to \(supplies.count), targets "
        + "\(supplies.count + 1) to \(supplies.count + demands.count)",
      "c a unit of mass is \(Self.times(mass, form.massUnit))",
      "c a unit of cost is \(Self.times(cost, form.costUnit))",
      "p min \(supplies.count + demands.count) \(allowed.count)",
    ]
  }

  private static func times(_ factor: Int128, _ unit: ExactFraction) -> ExactFraction {
    ExactFraction(factor * unit.numerator, over: unit.denominator)
  }

  /// The greatest common divisor; 1 where all numbers are zero.
  private static func divisor(of numbers: [Int128]) -> Int128 {
    var divisor: Int128 = 0
    for number in numbers where divisor != 1 {
      var (a, b) = (divisor, number < 0 ? -number : number)
      while b != 0 { (a, b) = (b, a % b) }
      divisor = a
    }
    return max(divisor, 1)
  }
}
