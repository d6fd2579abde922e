import MeasureFiles
import Measures
import Testing
import Transport

/// What Docs/FileFormats.md shows.
struct DocumentationSnippetTests {
  @Test func readingInSwift() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "iris.csv", "petal_length,petal_width,species\n1.4,0.2,setosa\n4.7,1.4,versicolor\n")
    let setosa = RowFilter(column: "species", equals: "setosa")
    let reading = MeasureReading(columns: ["petal_length"], filters: [setosa])
    let measure = try reading.measure(at: path)
    let cloud = measure.pointCloud
    #expect(cloud == (try PointCloud([[1.4]])))
  }

  @Test func tables() throws {
    #expect(
      try measure("x,y,mass\n0,0,0.25\n1.5,0,0.75\n")
        == measure(#"{"points": [[0, 0], [1.5, 0]], "masses": [0.25, 0.75]}"#, as: "p.json"))
    #expect(
      try message("x,mass\n0,.5\n1.2e3,abc\n")
        == "p.csv:3:7: \"abc\" in column mass is not a number; "
        + "write numbers such as 0.25 or 2.5e-3")
  }

  @Test func matricesPlansAndPotentials() throws {
    let folder = try TemporaryFolder()
    #expect(
      try CostMatrix(contentsOf: folder.file("c.csv", "0,1,inf\n1,0,2\n"))
        == CostMatrix(contentsOf: folder.file("c.json", #"[[0, 1, "Infinity"], [1, 0, 2]]"#)))
    let json = """
      {"sourceCount":2,"targetCount":3,"arcs":[
      {"source":0,"target":0,"mass":0.1},
      {"source":0,"target":2,"mass":0.15}
      ]}
      """
    let plans = try [
      folder.file("plan.csv", "source,target,mass\n0,0,0.1\n0,2,0.15\n"),
      folder.file("plan.json", json),
    ].map { try TransportPlan(contentsOf: $0, sourceCount: 2, targetCount: 3) }
    #expect(plans[0] == plans[1])
    let potentials = try [
      folder.file("f.csv", "side,index,potential\nsource,0,0.5\ntarget,0,-0.5\n"),
      folder.file("f.json", #"{"source": [0.5], "target": [-0.5]}"#),
    ].map { try KantorovichPotentials(contentsOf: $0, sourceCount: 1, targetCount: 1) }
    #expect(potentials[0] == potentials[1])
  }
}
