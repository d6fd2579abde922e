/// What the rows and columns of a table without names mean.
public enum TableLayout: String, CaseIterable, Hashable, Sendable {
  /// A row of pixels a line; a pixel's coordinates are its row and its column.
  case grid
  /// A point a line, every column a coordinate; the points have equal masses that sum to 1.
  case points
  /// A point a line, its mass last.
  case pointsWithMass = "points+mass"
}
