/// What to measure: `--quick` for the smallest sizes, `--runs N`, `--workload NAME`.
struct BenchmarkSettings {
  var quick = false
  var runs = 3
  var workload: String?

  init(arguments: ArraySlice<String>) {
    var rest = arguments
    while let argument = rest.popFirst() {
      switch argument {
      case "--quick": quick = true
      case "--runs": runs = rest.popFirst().flatMap(Int.init) ?? runs
      case "--workload": workload = rest.popFirst()
      default: preconditionFailure("unknown option \(argument); use --quick, --runs, --workload")
      }
    }
    precondition(runs > 0, "--runs takes a positive number")
  }

  func includes(_ name: String) -> Bool {
    workload.map { $0 == name } ?? true
  }
}
