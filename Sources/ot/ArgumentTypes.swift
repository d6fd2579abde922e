public import ArgumentParser
public import Divergences
public import GLPK
public import MeasureFiles

// The libraries' own enums, by their raw values, as options of the command line.

extension TableLayout: ExpressibleByArgument {}

extension CellSeparator: ExpressibleByArgument {
  /// The separator of a word or a character, as the library reads it.
  public init?(argument: String) { self.init(argument) }
}

extension DecimalMark: ExpressibleByArgument {}

extension InformationUnit: ExpressibleByArgument {}

extension FileFormat: ExpressibleByArgument {}

extension LabelColumn: ExpressibleByArgument {}
