import MeasureFiles
import Measures
import Testing
import Transport

/// Plans and potentials: what is written reads back, and what others wrote is checked.
struct PlanFileTests {
  private let plan = TransportPlan(
    arcs: [
      .init(source: 0, target: 1, mass: 0.1), .init(source: 0, target: 2, mass: 1e-300),
      .init(source: 1, target: 0, mass: 1.0 / 3),
    ], sourceCount: 2, targetCount: 3)
  private let potentials = KantorovichPotentials(source: [0.1, -2.0 / 3], target: [0, 1e22, -5])

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: ["plan.csv", "plan.json", "plan.npy"])
  func planRoundTrip(name: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + name
    try plan.write(to: path)
    #expect(try TransportPlan(contentsOf: path, sourceCount: 2, targetCount: 3) == plan)
    #expect(try folder.names() == [name])
  }

  @Test(arguments: ["potentials.csv", "potentials.json", "potentials.npy"])
  func potentialsRoundTrip(name: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + name
    try potentials.write(to: path)
    let read = try KantorovichPotentials(contentsOf: path, sourceCount: 2, targetCount: 3)
    #expect(read == potentials)
  }

  @Test func textOfAPlan() throws {
    let folder = try TemporaryFolder()
    try plan.write(to: folder.path + "/plan.csv")
    #expect(
      text(try folder.bytes(folder.path + "/plan.csv"))
        == "source,target,mass\n0,1,0.1\n0,2,1e-300\n1,0,0.3333333333333333\n")
    try plan.write(to: folder.path + "/plan.json")
    #expect(
      text(try folder.bytes(folder.path + "/plan.json")) == """
        {"sourceCount":2,"targetCount":3,"arcs":[
        {"source":0,"target":1,"mass":0.1},
        {"source":0,"target":2,"mass":1e-300},
        {"source":1,"target":0,"mass":0.3333333333333333}
        ]}

        """)
  }

  @Test func textOfPotentials() throws {
    let folder = try TemporaryFolder()
    try potentials.write(to: folder.path + "/f.csv")
    #expect(
      text(try folder.bytes(folder.path + "/f.csv"))
        == "side,index,potential\nsource,0,0.1\nsource,1,-0.6666666666666666\n"
        + "target,0,0\ntarget,1,1e+22\ntarget,2,-5\n")
    try potentials.write(to: folder.path + "/f.json")
    #expect(
      text(try folder.bytes(folder.path + "/f.json"))
        == "{\"source\":[0.1,-0.6666666666666666],\"target\":[0,1e+22,-5]}\n")
  }

  /// NumPy aligns the data of an array to 64 bytes; its own reader is not here to ask.
  @Test func arrayHeader() throws {
    let folder = try TemporaryFolder()
    try plan.write(to: folder.path + "/plan.npy")
    let bytes = try folder.bytes(folder.path + "/plan.npy")
    #expect(bytes.count == 128 + 2 * 3 * 8)
    #expect(
      text(Array(bytes[10..<80])).hasPrefix(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"))
    #expect(bytes[127] == 0x0A)
  }

  @Test func emptyPlan() throws {
    let folder = try TemporaryFolder()
    let empty = TransportPlan(arcs: [], sourceCount: 2, targetCount: 3)
    for name in ["plan.json", "plan.npy"] {
      try empty.write(to: folder.path + "/" + name)
      let read = try TransportPlan(
        contentsOf: folder.path + "/" + name, sourceCount: 2, targetCount: 3)
      #expect(read == empty)
    }
  }

  @Test(arguments: [
    ("plan.csv", "mass,note,target,source\n0.5,a,1,0\n0.5,b,0,1\n"),
    ("plan.csv", "0,1,0.5\n1,0,0.5\n"),
    ("plan.txt", "0 1 0.5\n1 0 0.5\n"),
    ("plan.json", "{\"arcs\": [[0, 1, 0.5], {\"mass\": 0.5, \"source\": 1, \"target\": 0}]}"),
    ("plan.json", "[[0, 0.5], [0.5, 0]]"),
  ])
  func plansByOthers(name: String, text: String) throws {
    let folder = try TemporaryFolder()
    let read = try TransportPlan(
      contentsOf: folder.file(name, text), sourceCount: 2, targetCount: 2)
    let expected = TransportPlan(
      arcs: [.init(source: 0, target: 1, mass: 0.5), .init(source: 1, target: 0, mass: 0.5)],
      sourceCount: 2, targetCount: 2)
    #expect(read == expected)
  }

  @Test(arguments: [
    (
      "p.csv", "source,target,mass\n0,1,.5\n0,1,.5\n",
      ":3:1: the arc from source 0 to target 1 stands twice; add the masses up"
    ),
    (
      "p.csv", "source,target,mass\n0,3,.5\n",
      ":2:3: the target 3 is out of range; there are 3, counted from 0 to 2"
    ),
    (
      "p.csv", "source,target,mass\n-1,0,.5\n",
      ":2:1: the source -1 is out of range; there are 2, counted from 0 to 1"
    ),
    (
      "p.csv", "source,target,mass\n0.5,0,.5\n",
      ":2:1: the source 0.5 is no whole number; sources and targets are counted 0, 1, 2"
    ),
    (
      "p.csv", "source,target,mass\n1e300,0,.5\n",
      ":2:1: the source 1e+300 is no whole number; sources and targets are counted 0, 1, 2"
    ),
    (
      "p.csv", "source,target,mass\n0,1,x\n",
      ":2:5: \"x\" in column mass is not a number; "
        + "choose the columns to read with --columns, and rows with --where"
    ),
    (
      "p.csv", "source,target,flow\n0,1,1\n",
      ": there is no column mass; the columns are source, target, flow"
    ),
    (
      "p.csv", "0,1\n",
      ": there are 2 columns without names; name them in a first row; "
        + "needed are source, target, mass"
    ),
    (
      "p.json", "{\"arcs\": [[0, 1]]}",
      ":1:11: an arc has 2 entries; write [source, target, mass]"
    ),
    (
      "p.json", "{\"sourceCount\": 3, \"arcs\": []}",
      ":1:17: the plan has 3 sources, and there are 2; check the order of the measures"
    ),
    (
      "p.json", "{\"arcs\": [[0, 1, 1], [0, 1, 2]]}",
      ":1:23: the arc from source 0 to target 1 stands twice; add the masses up"
    ),
    ("p.json", "{\"arcs\": 5}", ":1:10: arcs are an array, and this is a number"),
    ("p.json", "{}", ":1:1: the name \"arcs\" is missing"),
    (
      "p.json", "[[1, 2]]",
      ": the plan is 1 × 2, and there are 2 sources (rows) and 3 targets (columns); "
        + "check the order of the measures"
    ),
  ])
  func badPlans(name: String, text: String, expected: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(name, text)
    let error = try failure { () throws(MeasureFileError) in
      _ = try TransportPlan(contentsOf: path, sourceCount: 2, targetCount: 3)
    }
    #expect(error.description == path + expected)
  }

  @Test func arrayOfWrongShape() throws {
    let folder = try TemporaryFolder()
    try plan.write(to: folder.path + "/plan.npy")
    let error = try failure { () throws(MeasureFileError) in
      _ = try TransportPlan(
        contentsOf: folder.path + "/plan.npy", sourceCount: 3, targetCount: 2)
    }
    #expect(error.what.hasPrefix("the plan is 2 × 3, and there are 3 sources"))
  }

  @Test(arguments: [
    (
      "p.csv", "side,index,potential\nsource,0,1\nsource,0,1\ntarget,0,1\n",
      ":3:8: the potential of source 0 stands twice"
    ),
    (
      "p.csv", "side,index,potential\nsource,0,1\ntarget,0,1\n",
      ": the potential of source 1 is missing"
    ),
    (
      "p.csv", "side,index,potential\nsource,0,1\nsource,1,1\ntarget,1,1\n",
      ":4:8: the target 1 is out of range; there are 1, counted from 0 to 0"
    ),
    (
      "p.csv", "side,index,potential\nsource,0,1\nsource,1,1\ntarget,0,1\nTarget,0,1\n",
      ": 1 rows have a side that is neither source nor target; "
        + "write source or target, in small letters"
    ),
    (
      "p.csv", "side,index,potential\nsource,0,nan\n",
      ":2:10: nan in column potential is not allowed here; masses and coordinates must be finite"
    ),
    (
      "p.json", "{\"source\": [1, 2], \"target\": [1, 2]}",
      ":1:30: there are 1 targets and 2 potentials"
    ),
    ("p.json", "{\"source\": [1, 2]}", ":1:1: the name \"target\" is missing"),
  ])
  func badPotentials(name: String, text: String, expected: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(name, text)
    let error = try failure { () throws(MeasureFileError) in
      _ = try KantorovichPotentials(contentsOf: path, sourceCount: 2, targetCount: 1)
    }
    #expect(error.description == path + expected)
  }
}
