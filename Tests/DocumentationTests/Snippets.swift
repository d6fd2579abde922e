import DocumentationSupport
import MeasureFiles
import OptimalTransport
import Testing

/// The Swift code of the pages, built and run; the values are those that the pages give.
@Suite struct Snippets {
  @Test func readmeDependency() throws {
    let manifest = """
      dependencies: [
        .package(path: "../swift-optimal-transport")
      ],
      targets: [
        .executableTarget(
          name: "my-tool",
          dependencies: [
            .product(name: "OptimalTransport", package: "swift-optimal-transport")
          ])
      ]
      """
    let own = try Repository.text(of: "Package.swift")
    #expect(manifest.contains("../swift-optimal-transport"))
    #expect(own.contains(#"name: "swift-optimal-transport""#))
    #expect(own.contains(#".library(name: "OptimalTransport""#))
  }
}
