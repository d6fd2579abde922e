import Autodiff

extension Matrix {
  /// Behind each row its label: one number for each class, 1 for its own and 0 for the others.
  func labelled(_ labels: [Int], classes: Int) -> Matrix {
    precondition(
      labels.count == rows, "\(labels.count) labels are not one for each of \(rows) rows")
    var result = Matrix(rows: rows, columns: columns + classes)
    let entries = elements
    for (row, label) in labels.enumerated() {
      precondition(label >= 0 && label < classes, "there is no class \(label) of \(classes)")
      for column in 0..<columns { result[row, column] = entries[row * columns + column] }
      result[row, columns + label] = 1
    }
    return result
  }
}
