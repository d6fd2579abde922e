public import Critics
public import Measures

/// The values of a critic at points, as CSV and as JSON.
public struct CriticValues: Sendable {
  private let cloud: PointCloud
  private let values: [Double]

  /// Evaluates a critic.
  ///
  /// - Parameters:
  ///   - critic: The critic.
  ///   - cloud: Points of its dimension; their masses play no part.
  public init(of critic: Critic, at cloud: PointCloud) {
    self.cloud = cloud
    values = critic.values(at: cloud.coordinates)
  }

  /// A table with a column for each coordinate, x0, x1, …, and the value last.
  public var text: String {
    let header = (0..<cloud.dimension).map { "x\($0)" } + ["value"]
    let rows = values.indices.map { index in
      (cloud.point(index) + [values[index]]).map { JSONValue.number($0).text }
    }
    return ([header] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n")
  }

  /// The values alone, a line each.
  public var quietText: String {
    values.map { JSONValue.number($0).text }.joined(separator: "\n")
  }

  /// The points and the values at them.
  public var json: JSONValue {
    .object([
      (
        "points",
        .array(values.indices.map { .array(cloud.point($0).map { .number($0) }) })
      ),
      ("values", .array(values.map { .number($0) })),
    ])
  }
}
