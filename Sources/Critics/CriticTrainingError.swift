public import Measures

/// Why a critic cannot be trained as asked; each case says what to change.
public enum CriticTrainingError: Error, Hashable, Sendable {
  /// There are no steps; ask for at least 1.
  case steps(Int)
  /// A hidden layer, counted from 1, has no units; give it at least 1.
  case width(layer: Int, value: Int)
  /// A hidden layer, counted from 1, has an odd width where units are sorted in pairs; make it even.
  case oddWidth(layer: Int, value: Int)
  /// A minibatch has no points; ask for at least 1.
  case batchSize(Int)
  /// A number is out of its range.
  case setting(what: String, value: Double, allowed: String)
  /// The settings need an exact solution, and none was given: pass one, or change them.
  case needsExactSolution(what: String)
  /// Laws that points are drawn from have no full support; train in minibatches.
  case needsMinibatches
  /// Regression onto potentials needs the measures themselves, not samplers of them.
  case needsMeasures
  /// Samplers of different dimensions, or points that are not of the dimension promised.
  case sampleShape(expected: Int, found: Int)
  /// A drawn point has a coordinate that is infinite or NaN.
  case sampleNotFinite(point: Int, value: Double)
  /// The first sample makes no measure.
  case measure(MeasureError)
}

extension CriticTrainingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .steps(let steps):
      "a training of \(steps) steps does nothing; ask for at least 1"
    case .width(let layer, let value):
      "hidden layer \(layer) has \(value) units; it must have at least 1"
    case .oddWidth(let layer, let value):
      "hidden layer \(layer) has \(value) units, which do not make pairs; MaxMin needs even widths"
    case .batchSize(let size):
      "a minibatch of \(size) points is none; ask for at least 1"
    case .setting(let what, let value, let allowed):
      "\(what) is \(value); it must be \(allowed)"
    case .needsExactSolution(let what):
      "\(what) needs the exact solution; solve the problem and pass the solution to the training"
    case .needsMinibatches:
      "a law that points are drawn from has no full support; train in minibatches"
    case .needsMeasures:
      "regression onto potentials needs measures that can be solved; sample them first"
    case .sampleShape(let expected, let found):
      "\(expected) coordinates were expected from a sampler, and it gave \(found)"
    case .sampleNotFinite(let point, let value):
      "point \(point) of a sample has the coordinate \(value); coordinates must be finite"
    case .measure(let error): error.description
    }
  }
}
