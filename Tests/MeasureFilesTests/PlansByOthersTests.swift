import MeasureFiles
import Measures
import Testing
import Transport

/// Plans and potentials as other programs write them.
struct PlansByOthersTests {
  private let expected = TransportPlan(
    arcs: [.init(source: 0, target: 1, mass: 0.5), .init(source: 1, target: 0, mass: 0.25)],
    sourceCount: 2, targetCount: 2)

  /// What R's package transport returns, as `write.table`, `write.csv` and others write it.
  @Test(arguments: [
    ("p.txt", "\"from\" \"to\" \"mass\"\n\"1\" 1 2 0.5\n\"2\" 2 1 0.25\n"),
    ("p.csv", "\"\",\"from\",\"to\",\"mass\"\n\"1\",1,2,0.5\n\"2\",2,1,0.25\n"),
    ("p.csv", "from,to,mass\n1,2,0.5\n2,1,0.25\n"),
    ("p.tsv", "from\tto\tmass\n1\t2\t0.5\n2\t1\t0.25\n"),
  ])
  func tableOfR(name: String, text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(name, text)
    #expect(try TransportPlan(contentsOf: path, sourceCount: 2, targetCount: 2) == expected)
  }

  /// `write.csv2`, as R's users in half of Europe have it.
  @Test func decimalCommasOfR() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "p.csv", "\"\";\"from\";\"to\";\"mass\"\n\"1\";1;2;0,5\n\"2\";2;1;0,25\n")
    let read = try TransportPlan(
      contentsOf: path, sourceCount: 2, targetCount: 2,
      notation: TableNotation(decimalMark: .comma))
    #expect(read == expected)
  }

  @Test func countedFromOne() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("p.csv", "source,target,mass\n1,2,0.5\n2,1,0.25\n")
    let read = try TransportPlan(
      contentsOf: path, sourceCount: 2, targetCount: 2, countsFromOne: true)
    #expect(read == expected)
    let other = try folder.file("q.csv", "from,to,mass\n1,0,0.5\n")
    let error = try failure { () throws(MeasureFileError) in
      _ = try TransportPlan(contentsOf: other, sourceCount: 2, targetCount: 2)
    }
    #expect(error.what == "the target 0 is out of range")
    #expect(error.fix == "there are 2, counted from 1 to 2")
    #expect((error.line, error.column) == (2, 3))
  }

  @Test func potentialsInTwoFiles() throws {
    let folder = try TemporaryFolder()
    let values = NPYBytes.littleEndian([0.5, -1, 2].map(\Double.bitPattern))
    let sources = try [
      folder.file("u.npy", NPYBytes(data: values).bytes),
      folder.file("u.csv", "u\n0.5\n-1\n2\n"), folder.file("u.json", "[0.5, -1, 2]"),
      folder.file("u.npy.gz", GzipBytes.stored(NPYBytes(data: values).bytes)),
    ]
    let target = try folder.file("v.txt", "3\n4\n")
    for source in sources {
      let read = try KantorovichPotentials(
        ofSources: source, ofTargets: target, sourceCount: 3, targetCount: 2)
      #expect(read == KantorovichPotentials(source: [0.5, -1, 2], target: [3, 4]))
    }
    let error = try failure { () throws(MeasureFileError) in
      _ = try KantorovichPotentials(
        ofSources: sources[1], ofTargets: target, sourceCount: 3, targetCount: 3)
    }
    #expect(error.what == "there are 3 targets, and the file has 2 × 1 numbers")
  }
}
