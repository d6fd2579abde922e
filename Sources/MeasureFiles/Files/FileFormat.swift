/// The endings of names that say what a file holds.
protocol FileEnding: RawRepresentable<String>, CaseIterable, Sendable {}

/// Files of numbers: tables, JSON and arrays.
enum FileFormat: String, FileEnding {
  case csv, tsv, txt, json, npy, npz
}

/// Files of numbers and images, all of which can be measures.
enum MeasureFormat: String, FileEnding {
  case csv, tsv, txt, json, npy, npz, png, pbm, pgm, ppm, pnm
}

/// Files that a measure is written to.
enum MeasureOutputFormat: String, FileEnding {
  case csv
}

/// Files that plans and potentials are written to.
enum OutputFormat: String, FileEnding {
  case csv, json, npy
}

extension FileEnding {
  /// The format of a path that is written to, packed by gzip or not.
  ///
  /// - Parameter path: The path; capital letters make no difference.
  /// - Throws: An error of the kind `unsupportedFormat`.
  init(writing path: String) throws(MeasureFileError) {
    let name = FileName(path)
    guard name.member == nil else {
      throw MeasureFileError(
        .unsupportedFormat, path: path, what: "archives are read, and not written",
        fix: "write .npy, and leave the archive to zip")
    }
    try self.init(of: name)
  }

  /// The format of a name, or an error that lists the endings there are.
  init(of name: FileName) throws(MeasureFileError) {
    guard let ending = name.ending, let format = Self(rawValue: ending) else {
      let endings = Self.allCases.map { ".\($0.rawValue)" }.joined(separator: " ")
      throw MeasureFileError(
        .unsupportedFormat, path: name.path,
        what: name.ending.map { "files that end in .\($0) are not supported here" }
          ?? "the name has no ending that says what the file holds",
        fix: "use one of \(endings)")
    }
    self = format
  }
}
