import Reports
import Synchronization

/// A line on standard error that says how far long work is, where a person is watching.
///
/// Nothing is shown in the first second, and afterwards ten times a second at most.
final class ProgressLine: Sendable {
  private struct State {
    var lastShown: ContinuousClock.Instant?
  }

  private let start = ContinuousClock.now
  private let isWatched: Bool
  private let state = Mutex(State())

  /// A line; without a terminal at standard error it shows nothing.
  init(isWatched: Bool = StandardError.isTerminal) { self.isWatched = isWatched }

  /// Shows how far the work is, if it is time to.
  ///
  /// - Parameters:
  ///   - share: The part of the work that is done, from 0 to 1, or nil where nobody knows.
  ///   - limit: The seconds after which the work ends in any case, or nil.
  ///   - words: What there is to say besides.
  func show(share: Double? = nil, limit: Double? = nil, _ words: @autoclosure () -> String) {
    guard isWatched else { return }
    let now = ContinuousClock.now
    guard now - start >= .seconds(1) else { return }
    let isTime = state.withLock { state in
      if let last = state.lastShown, now - last < .milliseconds(100) { return false }
      state.lastShown = now
      return true
    }
    guard isTime else { return }
    StandardError.write(
      "\r\u{1B}[K"
        + Self.text(share: share, limit: limit, seconds: Self.seconds(now - start), words()))
  }

  /// Removes the line.
  func clear() {
    let wasShown = state.withLock { $0.lastShown != nil }
    if wasShown { StandardError.write("\r\u{1B}[K") }
  }

  /// The line: a bar where the share is known, the words, and the time left or else the time gone.
  static func text(
    share: Double?, limit: Double?, seconds: Double, _ words: String
  ) -> String {
    var parts: [String] = []
    if let share {
      let filled = Int((min(1, max(0, share)) * 20).rounded(.down))
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
      parts.append("\(bar) \(Int((share * 100).rounded(.down))) %")
    }
    parts.append(words)
    if let share, share > 0 {
      parts.append("\(duration(seconds / share * (1 - share))) left")
    } else if let limit {
      parts.append("\(duration(seconds)) gone, at most \(duration(max(0, limit - seconds))) left")
    } else {
      parts.append("\(duration(seconds)) gone")
    }
    return parts.joined(separator: " · ")
  }

  /// Seconds as a person says them: 42 s, 3 min 20 s, 2 h 5 min.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

/// Words for a progress line that one task finds and another shows.
final class ProgressWords: Sendable {
  private let words: Mutex<String>

  /// Words to begin with.
  init(_ text: String) { words = Mutex(text) }

  /// The words as they are now.
  var text: String {
    get { words.withLock { $0 } }
    set { words.withLock { $0 = newValue } }
  }
}
