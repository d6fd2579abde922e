import ArgumentParser
import OptimalTransport

// Sweeps sizes and solvers over seeded workloads and prints one CSV line for each: CPU seconds of the
// solve alone, median, least and most of several runs.

let settings = BenchmarkSettings.parseOrExit()
do {
  try measure(settings)
} catch {
  BenchmarkSettings.exit(withError: error)
}

func measure(_ settings: BenchmarkSettings) throws {
  if settings.workloads.map(\.name).contains(where: settings.includes)
    || DistanceWorkload.all.map(\.name).contains(where: settings.includes)
  {
    print("workload,n,solver,runs,median_cpu_seconds,least,most,cost,certified")
  }
  for workload in settings.workloads where settings.includes(workload.name) {
    for size in settings.quick ? workload.quickSizes : workload.sizes {
      let problem = try workload.problem(size)
      for solver in workload.solvers(size) where solver.supports(problem) {
        let measurement = try Measurement(of: solver, on: problem, runs: settings.runs)
        print("\(workload.name),\(size),\(solver.name),\(settings.runs),\(measurement.csv)")
      }
    }
  }
  for workload in DistanceWorkload.all where settings.includes(workload.name) {
    for size in settings.quick ? workload.quickSizes : workload.sizes {
      let csv = try workload.csv(size: size, runs: settings.runs)
      print("\(workload.name),\(size),distance,\(settings.runs),\(csv),")
    }
  }
  for workload in CriticWorkload.all where settings.includes(workload.name) {
    print(workload.heading)
    try workload.lines(settings.quick) { print($0) }
  }
}
