import ArgumentParser
import MeasureFiles
import Measures
import Reports

/// What a command draws, besides what it prints.
struct FigureOptions: ParsableArguments {
  @Option(help: "Draw the result: FILE.svg.")
  var figure: String?

  @Option(help: "Write one page with numbers, certificate and figures: FILE.html.")
  var report: String?

  func validate() throws {
    if let figure, !figure.lowercased().hasSuffix(".svg"), !figure.hasPrefix("/dev/") {
      throw ValidationError("--figure is \(figure); figures are written as .svg")
    }
    if let report, ![".html", ".htm"].contains(where: report.lowercased().hasSuffix),
      !report.hasPrefix("/dev/")
    {
      throw ValidationError("--report is \(report); reports are written as .html")
    }
  }

  /// Whether anything is to be drawn.
  var areWanted: Bool { figure != nil || report != nil }

  /// Writes what was asked for, after the result was printed.
  func write(
    _ drawing: @autoclosure () -> Figure, into files: inout PendingFiles,
    page: (Figure) -> ReportPage
  ) {
    guard areWanted else { return }
    let drawing = drawing()
    if let figure { files.write { try PlainFile.write(text: drawing.svg, to: figure) } }
    if let report { files.write { try PlainFile.write(text: page(drawing).html, to: report) } }
  }

  /// The command line that is being run, as it would be typed in a shell.
  static var command: String {
    (["ot"] + CommandLine.arguments.dropFirst()).map(quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "-_./:=,+@%".unicodeScalars.contains(scalar)
    }
    if plain, !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}

extension Measure {
  /// The measure as an image, if it is one.
  var grid: Grid? {
    guard case .grid(let grid) = self else { return nil }
    return grid
  }
}
