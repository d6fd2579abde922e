import Transport

extension TransportReport {
  /// The report as a page: numbers, certificate, figure and the command that made it.
  ///
  /// - Parameters:
  ///   - figure: What the solution looks like.
  ///   - command: The command as it would be typed.
  /// - Returns: The page.
  public func page(with figure: Figure, command: String?) -> ReportPage {
    var page = ReportPage(title: "Optimal transport", command: command)
    page.add(.table(lines.map { (name: $0, value: $1) }))
    page.add(.figure(figure))
    page.add(.heading("Certificate"))
    page.add(.words(Self.meaning(of: certificate)))
    page.add(.table(certificate.table))
    return page
  }

  private static func meaning(of certificate: OptimalityCertificate) -> String {
    certificate.holds
      ? """
      The plan costs what the potentials are worth, so that no plan can cost less. This was computed from \
      the measures and the ground cost alone, without trust in the solver.
      """
      : "The plan and the potentials do not prove each other optimal."
  }
}

extension OptimalityCertificate {
  /// The numbers of the certificate with their names.
  var table: [(name: String, value: String)] {
    func part(_ value: Double) -> String { NumberText.formatted(value, digits: 3) }
    return [
      ("holds", holds ? "yes" : "no"),
      ("primal: cost of the plan", NumberText.readable(primal)),
      ("dual: value of the potentials", NumberText.readable(dual)),
      ("gap, relative", part(gap)), ("marginal error, relative", part(marginalError)),
      ("least reduced cost, relative", part(minimumReducedCost)),
      ("each must be within", part(Self.tolerance)),
    ]
  }
}
