public import Transport

/// A certificate as text for people.
public struct CertificateReport: Sendable {
  private let certificate: OptimalityCertificate

  /// A report on a certificate.
  public init(_ certificate: OptimalityCertificate) { self.certificate = certificate }

  /// A line for each number of the certificate, and which of them is to blame.
  public var text: String {
    let tolerance = OptimalityCertificate.tolerance
    let worst = certificate.worstArc
    return [
      "certificate".padded(to: 22) + (certificate.holds ? "holds" : "does not hold"),
      "primal".padded(to: 22) + NumberText.readable(certificate.primal),
      "dual".padded(to: 22) + NumberText.readable(certificate.dual),
      line("gap", certificate.gap, isFine: abs(certificate.gap) <= tolerance),
      line(
        "marginal error", certificate.marginalError, isFine: certificate.marginalError <= tolerance),
      line(
        "minimum reduced cost", certificate.minimumReducedCost,
        isFine: certificate.minimumReducedCost >= -tolerance,
        where: "source \(worst.source), target \(worst.target)"),
    ].joined(separator: "\n")
  }

  private func line(
    _ title: String, _ value: Double, isFine: Bool, where place: String? = nil
  ) -> String {
    let number = isFine ? "within 1e-9" : NumberText.formatted(value, digits: 3)
    let blame = isFine ? "" : " ← not within 1e-9" + (place.map { ", at \($0)" } ?? "")
    return title.padded(to: 22) + number + blame
  }
}
