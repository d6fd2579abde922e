import ArgumentParser
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
  func print(
    text: @autoclosure () -> String, quietText: @autoclosure () -> String,
    json document: @autoclosure () -> JSONValue
  ) {
    Swift.print(json ? document().text : quiet ? quietText() : text())
  }
}
