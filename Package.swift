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

let package = Package(
  name: "swift-optimal-transport",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "GLPK", targets: ["GLPK"])
  ],
  targets: [
    // Linear programming. GLPK is GPL-3: only GLPK and what imports it are bound by that.
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"]), .brew(["glpk"])]),
    .target(name: "CGLPKTrap", dependencies: ["CGLPK"]),
    library("GLPK", ["CGLPK", "CGLPKTrap"]),
    tests(of: "GLPK"),
  ],
  swiftLanguageModes: [.v6]
)
