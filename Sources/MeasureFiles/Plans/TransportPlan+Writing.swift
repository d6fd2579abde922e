public import Transport

extension TransportPlan {
  /// Writes the plan: `.csv` and `.json` the arcs, `.npy` a dense matrix of doubles.
  ///
  /// The file takes its place when it is whole. Numbers have the shortest digits that read back to
  /// the same double.
  ///
  /// - Parameter path: Where the file shall stand; what is there is replaced.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite` or `unsupportedFormat`.
  /// - Complexity: O(arcs), for `.npy` O(sources · targets).
  public func write(to path: String) throws(MeasureFileError) {
    let format = try OutputFormat(writing: path)
    try OutputFile.write(to: path) { sink throws(FileDescriptorHandle.Failure) in
      switch format {
      case .npy: try writeMatrix(to: &sink)
      case .json: try writeJSON(to: &sink)
      case .csv: try writeRows(to: &sink)
      }
    }
  }

  private func writeRows(to sink: inout ByteSink) throws(FileDescriptorHandle.Failure) {
    try sink.append("source,target,mass\n")
    for arc in arcs {
      try sink.append("\(arc.source),\(arc.target),\(NumberFormat.shortest(arc.mass))\n")
    }
  }

  private func writeJSON(to sink: inout ByteSink) throws(FileDescriptorHandle.Failure) {
    try sink.append(
      "{\"sourceCount\":\(sourceCount),\"targetCount\":\(targetCount),\"arcs\":[")
    for (index, arc) in arcs.enumerated() {
      let mass = NumberFormat.json(arc.mass)
      try sink.append(index == 0 ? "\n" : ",\n")
      try sink.append(
        "{\"source\":\(arc.source),\"target\":\(arc.target),\"mass\":\(mass)}")
    }
    try sink.append("\n]}\n")
  }

  private func writeMatrix(to sink: inout ByteSink) throws(FileDescriptorHandle.Failure) {
    try sink.appendNPYHeader(shape: [sourceCount, targetCount])
    var next = arcs.makeIterator()
    var arc = next.next()
    for source in 0..<sourceCount {
      for target in 0..<targetCount {
        if let here = arc, here.source == source, here.target == target {
          try sink.append(littleEndian: here.mass)
          arc = next.next()
        } else {
          try sink.append(littleEndian: 0)
        }
      }
    }
  }
}
