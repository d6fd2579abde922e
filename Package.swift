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

let realModule: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

let package = Package(
  name: "swift-optimal-transport",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Measures", targets: ["Measures"]),
    .library(name: "Transport", targets: ["Transport"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics.git", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.6.0"),
  ],
  targets: [
    // Values
    library("Measures", [realModule]),
    // Comparisons of measures
    library("Transport", ["Measures", realModule]),
    // Linear programming. GLPK is GPL-3: only GLPK and what imports it are bound by that.
    // Input and output
    // Tests
    .target(
      name: "TestSupport", dependencies: ["Measures", "Transport"], path: "Tests/TestSupport",
      swiftSettings: houseSettings),
    .testTarget(
      name: "SolverConformanceTests", dependencies: ["Measures", "Transport", "TestSupport"],
      swiftSettings: houseSettings),
  ],
  swiftLanguageModes: [.v6]
)
