import Reports

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What the terminal at standard output can show.
enum Terminal {
  /// Colours only on a terminal that has them, and not where `NO_COLOR` is set (no-color.org).
  static var style: TerminalStyle {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let refuses = variable("NO_COLOR").map { !$0.isEmpty } ?? false
    return TerminalStyle(
      columns: columns, hasColors: isTerminal && !refuses && variable("TERM") != "dumb")
  }

  /// The width that the terminal says it has, or that `COLUMNS` says, or 80.
  private static var columns: Int {
    var size = winsize()
    if unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return variable("COLUMNS").flatMap { Int($0) } ?? 80
  }

  private static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
