import ArgumentParser
import Dispatch
import MeasureFiles
import Reports
import Synchronization
import Transport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Lines in, answers out in the order of the lines, with a few of them in work at a time.
///
/// Each answer is written as soon as it and all before it are there. A line is read only where one of a fixed
/// number of places is free, so that memory does not grow with the number of lines, however slow the reader of
/// the answers is.
final class BatchStream: Sendable {
  /// What came of the stream.
  struct Ending: Sendable {
    var lines = 0
    var errors = 0
    /// Answers whose certificate does not hold.
    var doubtful = 0
    /// Why the stream could not be read to its end, if so.
    var failure: MeasureFileError?
  }

  /// The answer to a line.
  struct Answer: Sendable {
    enum Kind { case solved, doubtful, error }

    let text: String
    let kind: Kind
  }

  private struct Input: ~Copyable {
    var lines: LineReader
    var sequence = 0
    var isAtEnd = false
  }

  private struct Output: ~Copyable {
    let writer = LineWriter()
    var next = 0
    /// Answers that are there before those of earlier lines.
    var waiting: [Int: Answer] = [:]
    var ending = Ending()
  }

  let reading: ProblemLineReading
  private let threads: Int
  private let input: Mutex<Input>
  private let output: Mutex<Output>
  private let places: DispatchSemaphore
  private let progress = ProgressLine()

  init(_ reading: ProblemLineReading, longestLine: Int, threads: Int) throws {
    self.reading = reading
    self.threads = threads
    places = DispatchSemaphore(value: 32 * threads)
    output = Mutex(Output())
    input = Mutex(Input(lines: try LineReader(longestLine: longestLine)))
  }

  /// Answers all lines.
  func run() async -> Ending {
    let group = DispatchGroup()
    let queue = DispatchQueue(label: "batch", attributes: .concurrent)
    for _ in 0..<threads { queue.async(group: group) { self.work() } }
    await withCheckedContinuation { continuation in
      group.notify(queue: .global()) { continuation.resume() }
    }
    progress.clear()
    return output.withLock { $0.ending }
  }

  /// Waits until no answer is half written, a second at most, and ends the process.
  func interrupt() -> Never {
    for _ in 0..<1000 {
      _ = output.withLockIfAvailable { _ in exit(ExitCode.interrupted.rawValue) }
      usleep(1000)
    }
    exit(ExitCode.interrupted.rawValue)
  }

  private func work() {
    let solver = BatchSolver()
    while true {
      places.wait()
      guard let line = nextLine() else {
        // Whoever waits for a place learns so that there are no more lines.
        places.signal()
        return
      }
      write(answer(to: line, by: solver), at: line.sequence)
    }
  }

  struct NumberedLine {
    let sequence: Int
    let number: Int
    let line: LineReader.Line
  }

  /// The next line that is not blank.
  private func nextLine() -> NumberedLine? {
    input.withLock { input in
      while !input.isAtEnd {
        do throws(MeasureFileError) {
          guard let line = try input.lines.next() else { break }
          if case .text(let bytes) = line, bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            continue
          }
          input.sequence += 1
          return NumberedLine(
            sequence: input.sequence - 1, number: input.lines.number, line: line)
        } catch {
          fail(error)
        }
        break
      }
      input.isAtEnd = true
      return nil
    }
  }

  /// Writes an answer, and those behind it that waited for it alone.
  private func write(_ answer: Answer, at sequence: Int) {
    output.withLock { output in
      output.waiting[sequence] = answer
      while let answer = output.waiting.removeValue(forKey: output.next) {
        do {
          try output.writer.write(answer.text)
        } catch {
          // Another thread may be waiting for a line that never comes: nothing is left to do for it.
          StandardError.write("error: \(error)\n")
          exit(ExitCode.cannotWrite.rawValue)
        }
        output.next += 1
        output.ending.count(answer)
        places.signal()
      }
      let ending = output.ending
      progress.show("\(ending.lines) lines answered, \(ending.errors) with an error")
    }
  }

  private func fail(_ error: MeasureFileError) {
    output.withLock { $0.ending.failure = error }
  }
}

extension BatchStream.Ending {
  fileprivate mutating func count(_ answer: BatchStream.Answer) {
    lines += 1
    if answer.kind == .error { errors += 1 }
    if answer.kind == .doubtful { doubtful += 1 }
  }
}
