import ArgumentParser
import MeasureFiles
import Reports

/// How a command prints its result.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print the result alone.")
  var quiet = false

  func validate() throws {
    if json, quiet { throw ValidationError("--json and --quiet exclude each other") }
  }

  /// Prints a result in the form asked for.
  ///
  /// - Throws: `MeasureFileError` where standard output cannot be written to.
  func print(
    text: @autoclosure () -> String, quietText: @autoclosure () -> String,
    json document: @autoclosure () -> JSONValue
  ) throws {
    try StandardOutput.print(json ? document().text : quiet ? quietText() : text())
  }
}

/// Standard output, unbuffered: a result that nobody can get is an error, and not lost in silence.
enum StandardOutput {
  /// Writes a text and the end of its last line.
  static func print(_ text: String) throws { try LineWriter().write(text) }
}
