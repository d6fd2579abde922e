/// The quick searches over a matrix: its rows in single precision, and shortlists of long ones.
struct RoundedScan {
  let matrix: RoundedMatrix
  private var shortlists: Shortlists?

  init(_ matrix: RoundedMatrix, sourceCount: Int) {
    self.matrix = matrix
    shortlists =
      matrix.columns >= Shortlists.leastTargets
      ? Shortlists(sourceCount: sourceCount, targetCount: matrix.columns) : nil
  }

  var searchCount: Int { shortlists == nil ? 1 : 2 }

  /// The first scan of all rows makes the shortlists.
  var firstSearch: Int { searchCount - 1 }

  /// A target of about the least cost + π, if that is below a ceiling, or −1.
  @inline(__always)
  mutating func leastSum<Cost>(
    _ search: Int, _ source: Int, _ potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> Int {
    if search == 1 { shortlists?.collect(source, matrix, potentials) }
    return shortlists?.leastSum(source, potentials, below: ceiling.rounded)
      ?? matrix.leastSum(source, potentials, below: ceiling.rounded).target
  }
}
