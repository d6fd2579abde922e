import ArgumentParser

/// What to measure.
struct BenchmarkSettings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ot-benchmark", abstract: "Times solvers and trainings over seeded workloads.")

  @Flag(help: "The smallest sizes only.")
  var quick = false

  @Option(help: ArgumentHelp("How many runs the medians are taken over.", valueName: "n"))
  var runs = 3

  @Option(help: ArgumentHelp("The one workload to measure.", valueName: "name"))
  var workload: String?

  @Option(
    help: ArgumentHelp(
      "Two tables of pixels, separated by a comma, for the workload dotmark.",
      valueName: "source,target"))
  var dotmark: String?

  func validate() throws {
    guard runs > 0 else { throw ValidationError("--runs takes a positive number, not \(runs).") }
    guard dotmark == nil || images.count == 2 else {
      throw ValidationError("--dotmark takes two files, SOURCE,TARGET.")
    }
    let names =
      workloads.map(\.name) + DistanceWorkload.all.map(\.name) + CriticWorkload.all.map(\.name)
    if let workload, !names.contains(workload) {
      throw ValidationError(
        "There is no workload \(workload); there are \(names.joined(separator: ", ")).")
    }
  }

  /// The files of the two images, where they were given.
  private var images: [String] { (dotmark ?? "").split(separator: ",").map(String.init) }

  /// The workloads, those of the images from files included where they were given.
  var workloads: [Workload] {
    Workload.all + (images.count == 2 ? Workload.dotmark(images[0], images[1]) : [])
  }

  func includes(_ name: String) -> Bool {
    workload.map { $0 == name } ?? true
  }
}
