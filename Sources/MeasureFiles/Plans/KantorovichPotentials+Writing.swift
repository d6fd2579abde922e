public import Transport

extension KantorovichPotentials {
  /// Writes the potentials: `.csv` and `.json` by side, `.npy` f and then g as one array.
  ///
  /// The file takes its place when it is whole. Numbers have the shortest digits that read back to
  /// the same double.
  ///
  /// - Parameter path: Where the file shall stand; what is there is replaced.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite` or `unsupportedFormat`.
  /// - Complexity: O(n + m).
  public func write(to path: String) throws(MeasureFileError) {
    let format = try OutputFormat(writing: path)
    try OutputFile.write(to: path) { sink throws(FileDescriptorHandle.Failure) in
      switch format {
      case .npy:
        try sink.appendNPYHeader(shape: [source.count + target.count])
        for value in source { try sink.append(littleEndian: value) }
        for value in target { try sink.append(littleEndian: value) }
      case .json: try writeJSON(to: &sink)
      case .csv: try writeRows(to: &sink)
      }
    }
  }

  private func writeRows(to sink: inout ByteSink) throws(FileDescriptorHandle.Failure) {
    try sink.append("side,index,potential\n")
    for (index, value) in source.enumerated() {
      try sink.append("source,\(index),\(NumberFormat.shortest(value))\n")
    }
    for (index, value) in target.enumerated() {
      try sink.append("target,\(index),\(NumberFormat.shortest(value))\n")
    }
  }

  private func writeJSON(to sink: inout ByteSink) throws(FileDescriptorHandle.Failure) {
    try sink.append("{\"source\":[")
    for (index, value) in source.enumerated() {
      try sink.append((index == 0 ? "" : ",") + NumberFormat.json(value))
    }
    try sink.append("],\"target\":[")
    for (index, value) in target.enumerated() {
      try sink.append((index == 0 ? "" : ",") + NumberFormat.json(value))
    }
    try sink.append("]}\n")
  }
}
