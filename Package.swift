// swift-tools-version: 6.2
import PackageDescription

/// Settings every Swift target shares; `strictMemorySafety` makes the compiler point at an unsafe
/// operation that is not marked `unsafe`, so unsafe code can be found by `grep`.
let houseSettings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: houseSettings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
    swiftSettings: houseSettings)
}

func example(_ name: String) -> Target {
  .executableTarget(
    name: name,
    dependencies: [
      "OptimalTransport", "Measures", "Divergences", "Transport", "GLPK", "MeasureFiles", "Reports",
    ],
    path: "Examples/\(name)", exclude: ["expected-output.txt"], swiftSettings: houseSettings)
}

let realModule: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

let package = Package(
  name: "swift-optimal-transport",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "OptimalTransport", targets: ["OptimalTransport"]),
    .library(name: "Measures", targets: ["Measures"]),
    .library(name: "Divergences", targets: ["Divergences"]),
    .library(name: "Transport", targets: ["Transport"]),
    .library(name: "GLPK", targets: ["GLPK"]),
    .library(name: "TransportGLPK", targets: ["TransportGLPK"]),
    .library(name: "Autodiff", targets: ["Autodiff"]),
    .library(name: "Critics", targets: ["Critics"]),
    .library(name: "MeasureFiles", targets: ["MeasureFiles"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "Experiments", targets: ["Experiments"]),
    .executable(name: "ot", targets: ["ot"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics.git", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.6.0"),
  ],
  targets: [
    // Values
    library("Measures", [realModule]),
    // Comparisons of measures
    library("Divergences", ["Measures", realModule]),
    library("Transport", ["Measures", realModule]),
    // Linear programming. GLPK is GPL-3: only GLPK and what imports it are bound by that.
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"]), .brew(["glpk"])]),
    .target(name: "CGLPKTrap", dependencies: ["CGLPK"]),
    library("GLPK", ["CGLPK", "CGLPKTrap"]),
    library("TransportGLPK", ["Measures", "Transport", "GLPK"]),
    // Learning
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    library("Autodiff", ["COpenBLAS", realModule]),
    library("Critics", ["Autodiff", "Divergences", "Measures", "Transport", realModule]),
    // Input and output
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .target(name: "CPNGTrap", dependencies: ["CPNG"]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    library("MeasureFiles", ["Measures", "Transport", "CPNGTrap", "CZlib"]),
    library("Reports", ["Measures", "Transport", "Divergences", "Critics", "GLPK"]),
    library(
      "Experiments",
      ["Measures", "Transport", "Divergences", "Autodiff", "Critics", "Reports", realModule]),
    // Fronts
    library(
      "OptimalTransport", ["Measures", "Divergences", "Transport", "TransportGLPK", "Critics"]),
    .executableTarget(
      name: "ot",
      dependencies: [
        "OptimalTransport", "Measures", "Divergences", "Transport", "TransportGLPK", "Critics",
        "Autodiff", "GLPK", "MeasureFiles", "Reports", "Experiments",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: houseSettings),
    .executableTarget(
      name: "ot-benchmark",
      dependencies: [
        "OptimalTransport", "Measures", "MeasureFiles", "Transport", "TransportGLPK", "Autodiff",
        "Critics", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: houseSettings),
    // Examples
    example("constraint-matrix"),
    example("histogram-distance"),
    example("image-distance"),
    example("linear-program"),
    example("parallel-lines"),
    example("seven-bins"),
    // Tests
    .target(
      name: "TestSupport", dependencies: ["Measures", "Transport"], path: "Tests/TestSupport",
      swiftSettings: houseSettings),
    tests(of: "Measures"),
    tests(of: "Divergences", ["Measures"]),
    tests(of: "Transport", ["Measures", "TestSupport"]),
    tests(of: "GLPK"),
    tests(of: "TransportGLPK", ["Measures", "Transport", "GLPK", "TestSupport", realModule]),
    tests(
      of: "Critics",
      ["Autodiff", "Divergences", "MeasureFiles", "Measures", "Transport", "TestSupport"]),
    tests(of: "Autodiff"),
    tests(of: "MeasureFiles", ["Measures", "Transport"]),
    tests(of: "Experiments", ["Measures", "Critics", "Reports"]),
    tests(of: "Reports", ["DocumentationSupport", "Measures", "Transport"]),
    tests(of: "OptimalTransport", ["Measures", "Transport", "TestSupport"]),
    .testTarget(
      name: "CommandLineTests", dependencies: ["DocumentationSupport", "ot", "Transport"],
      swiftSettings: houseSettings),
    .testTarget(
      name: "SolverConformanceTests",
      dependencies: ["Measures", "Transport", "TransportGLPK", "TestSupport", realModule],
      swiftSettings: houseSettings),
    // Documentation: every block of the pages is run, every example compared, every statement tested
    .target(
      name: "DocumentationSupport", path: "Tests/DocumentationSupport",
      swiftSettings: houseSettings),
    .testTarget(
      name: "ExampleTests",
      dependencies: [
        "DocumentationSupport", "ot", "constraint-matrix", "histogram-distance", "image-distance",
        "linear-program", "parallel-lines", "seven-bins",
      ],
      swiftSettings: houseSettings),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "DocumentationSupport", "OptimalTransport", "MeasureFiles", "ot", "constraint-matrix",
        "histogram-distance", "image-distance", "linear-program", "parallel-lines", "seven-bins",
      ],
      swiftSettings: houseSettings),
    .testTarget(
      name: "TheoryTests", dependencies: ["OptimalTransport", "Measures", "Transport", "GLPK"],
      swiftSettings: houseSettings),
  ],
  swiftLanguageModes: [.v6]
)
