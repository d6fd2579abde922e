import Measures

extension NumberBlock {
  /// The names that make a column the mass, in any case of letters.
  static let massNames: Set<String> = [
    "mass", "weight", "weights", "count", "counts", "frequency", "probability",
  ]

  /// The measure that the numbers make.
  ///
  /// - Parameter layout: What rows and columns mean; nil leaves it to the names of the columns, and
  ///   a single column without a name to be masses.
  /// - Returns: A histogram, points or a grid.
  /// - Throws: An error where the columns leave open what they are, or a mass cannot be one.
  func measure(layout: TableLayout?) throws(MeasureFileError) -> Measure {
    switch layout {
    case .grid: return .grid(try grid())
    case .points: return .points(try cloud(massColumn: nil))
    case .pointsWithMass:
      guard columns > 1 else {
        throw origin.error(
          "points with masses need two columns or more, and there is one",
          fix: "take the layout points, or none for masses")
      }
      return try measure(massColumn: columns - 1)
    case nil: return try measure(massColumn: try massColumn())
    }
  }

  /// The column that holds the masses, told by its name or by being alone without one.
  private func massColumn() throws(MeasureFileError) -> Int? {
    guard let names else {
      guard columns > 1 else { return 0 }
      throw origin.error(
        "there are \(columns) columns without names",
        fix: "say with --layout what they are: grid, points or points+mass (mass last)")
    }
    let found = names.indices.filter { Self.massNames.contains(names[$0].lowercased()) }
    guard found.count <= 1 else {
      throw origin.error(
        "the columns \(found.map { names[$0] }.joined(separator: " and ")) could both be the mass",
        fix: "choose the columns to read with --columns")
    }
    return found.first
  }

  private func measure(massColumn: Int?) throws(MeasureFileError) -> Measure {
    guard let massColumn, columns <= 2 else { return .points(try cloud(massColumn: massColumn)) }
    return .histogram(try histogram(massColumn: massColumn))
  }

  private func histogram(massColumn: Int) throws(MeasureFileError) -> Histogram {
    let masses = indices(ofColumn: massColumn)
    let positions = columns == 2 ? indices(ofColumn: 1 - massColumn) : nil
    do {
      return try Histogram(
        masses.map { values[$0] }, at: positions?.map { values[$0] },
        decimals: decimals(at: masses),
        positionDecimals: positions.flatMap { decimals(at: $0) })
    } catch {
      throw located(error) { $0 * columns + massColumn }
    }
  }

  private func cloud(massColumn: Int?) throws(MeasureFileError) -> PointCloud {
    let masses = massColumn.map { indices(ofColumn: $0) }
    do {
      return try PointCloud(
        coordinates: entries(values, without: massColumn),
        dimension: massColumn == nil ? columns : columns - 1,
        masses: masses?.map { values[$0] }, decimals: masses.flatMap { decimals(at: $0) },
        coordinateDecimals: decimals.map { entries($0, without: massColumn).compactMap { $0 } })
    } catch {
      throw located(error) { $0 * columns + (massColumn ?? 0) }
    }
  }

  /// The entries of all columns but one.
  private func entries<Entry>(_ entries: [Entry], without column: Int?) -> [Entry] {
    guard let column else { return entries }
    var rest: [Entry] = []
    rest.reserveCapacity(rows * (columns - 1))
    var place = 0
    for entry in entries {
      if place != column { rest.append(entry) }
      place = place + 1 == columns ? 0 : place + 1
    }
    return rest
  }

  private func grid() throws(MeasureFileError) -> Grid {
    do {
      return try Grid(values, shape: [rows, columns], decimals: decimals(at: values.indices))
    } catch {
      throw located(error) { $0 }
    }
  }

  /// An error of the values as an error of the file, with the place of the mass concerned.
  func located(_ error: MeasureError, massAt index: (Int) -> Int) -> MeasureFileError {
    switch error {
    case .negativeMass(let bin, let value):
      origin.error(
        at: index(bin), "the mass \(NumberFormat.shortest(value)) is negative",
        fix: "masses must not be negative")
    case .zeroTotal(let count):
      origin.error("all \(count) masses are zero", fix: "at least one must be positive")
    default: origin.error("\(error)")
    }
  }
}
