/// What to measure: `--quick` for the smallest sizes, `--runs N`, `--workload NAME`, and the files of
/// two images by `--dotmark SOURCE,TARGET`.
struct BenchmarkSettings {
  var quick = false
  var runs = 3
  var workload: String?
  /// The two files of a DOTmark pair.
  var dotmark: [String] = []

  init(arguments: ArraySlice<String>) {
    var rest = arguments
    while let argument = rest.popFirst() {
      switch argument {
      case "--quick": quick = true
      case "--runs": runs = rest.popFirst().flatMap(Int.init) ?? runs
      case "--workload": workload = rest.popFirst()
      case "--dotmark": dotmark = (rest.popFirst() ?? "").split(separator: ",").map(String.init)
      default:
        preconditionFailure(
          "unknown option \(argument); use --quick, --runs, --workload, --dotmark SOURCE,TARGET")
      }
    }
    precondition(runs > 0, "--runs takes a positive number")
    precondition(dotmark.isEmpty || dotmark.count == 2, "--dotmark takes SOURCE,TARGET")
  }

  /// The workloads, those of the images from files included where they were given.
  var workloads: [Workload] {
    Workload.all + (dotmark.isEmpty ? [] : Workload.dotmark(dotmark[0], dotmark[1]))
  }

  func includes(_ name: String) -> Bool {
    workload.map { $0 == name } ?? true
  }
}
