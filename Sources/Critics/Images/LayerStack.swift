public import Autodiff

/// The layers of a network on images, and what it does with labels.
///
/// A sample is a row: the entries of its image, and behind them a label as one number for each class, 1
/// for its own and 0 for the others. So images and labels are drawn, batched and compared as points of one
/// measure.
public struct LayerStack: Hashable, Sendable, Codable {
  /// What a network does with the labels behind its inputs.
  public enum Labels: Hashable, Sendable, Codable {
    /// There are none.
    case none
    /// They are inputs like the others, and stand behind the outputs again: a conditional generator.
    case passedOn(classes: Int)
    /// The last layer makes features φ, of which the output is φ·v + b + φ·v_y + b_y for the class y: the
    /// projection discriminator of T. Miyato and M. Koyama 2018, eq. 3.
    case projected(classes: Int)

    /// The number of classes; 0 for none.
    public var classes: Int {
      switch self {
      case .none: 0
      case .passedOn(let classes), .projected(let classes): classes
      }
    }
  }

  /// The image given; noise of d coordinates is one of 1 × 1 × d.
  public let input: ImageShape
  /// The layers from the first to the last.
  public let layers: [ImageLayer]
  /// What is done with labels.
  public let labels: Labels

  /// Layers.
  ///
  /// - Parameters:
  ///   - input: The image given, without labels.
  ///   - layers: At least one; each must fit onto what the one before makes.
  ///   - labels: What is done with labels.
  public init(input: ImageShape, layers: [ImageLayer], labels: Labels = .none) {
    precondition(!layers.isEmpty, "a network has at least one layer")
    self.input = input
    self.layers = layers
    self.labels = labels
  }

  /// What the first layer is given: labels that are passed on are channels of a single pixel.
  private var firstInput: ImageShape {
    guard case .passedOn(let classes) = labels else { return input }
    return ImageShape(height: 1, width: 1, channels: input.count + classes)
  }

  /// The images between layers, from what the first is given to what the last makes.
  var shapes: [ImageShape] {
    layers.reduce(into: [firstInput]) { shapes, layer in
      shapes.append(layer.output(for: shapes[shapes.count - 1]))
    }
  }

  /// The columns of an input: the entries of an image and its label.
  public var inputWidth: Int { input.count + labels.classes }

  /// The columns of an output.
  public var outputWidth: Int {
    let made = shapes[layers.count].count
    switch labels {
    case .none: return made
    case .passedOn(let classes): return made + classes
    case .projected: return 1
    }
  }

  /// Parameters drawn at random; biases are 0.
  func parameters(
    _ initialization: Initialization, using generator: inout some RandomNumberGenerator
  ) -> [Matrix] {
    var result: [Matrix] = []
    for (layer, shape) in zip(layers, shapes) {
      for (weights, inputs) in layer.parameterShapes(for: shape) {
        let drawn = initialization.weights(
          inputs: weights.rows, outputs: weights.columns, using: &generator)
        // He's variance is that of the inputs of a sum, which a transposed convolution's rows are not.
        let scale =
          initialization == .he ? (Double(weights.rows) / Double(inputs)).squareRoot() : 1
        result.append(scale == 1 ? drawn : scale * drawn)
        result.append(
          Matrix(rows: 1, columns: layer.biasWidth(ofWeights: weights, for: shape)))
      }
    }
    guard case .projected(let classes) = labels else { return result }
    for outputs in [1, classes] {
      result.append(
        initialization.weights(
          inputs: shapes[layers.count].count, outputs: outputs, using: &generator))
      result.append(Matrix(rows: 1, columns: outputs))
    }
    return result
  }

  /// The outputs for rows of inputs.
  ///
  /// - Parameters:
  ///   - inputs: n × `inputWidth`.
  ///   - parameters: Weights and bias of each layer, in turn; three pairs for a recurrent one.
  ///   - statistics: Told the mean and the deviation of each normalised layer, by its first parameter.
  /// - Returns: n × `outputWidth`.
  func outputs(
    for inputs: Tensor, parameters: [Tensor],
    statistics: (Int, Tensor, Tensor) -> Void = { _, _, _ in }
  ) -> Tensor {
    let samples = inputs.shape.rows
    var values =
      if case .projected = labels { inputs.columns(0..<input.count) } else { inputs }
    var next = 0
    for (layer, shape) in zip(layers, shapes) {
      let count = 2 * layer.parameterShapes(for: shape).count
      let own = Array(parameters[next..<next + count])
      values = values.reshaped(
        to: Shape(rows: samples * shape.pixels, columns: shape.channels))
      var sums = layer.sums(
        of: values, shaped: shape, samples: samples, own, isBiased: !layer.normalizesBatch)
      if layer.normalizesBatch {
        let (mean, deviation) = Normalization.statistics(of: sums, shares: nil)
        statistics(next, mean, deviation)
        sums = (sums - mean) / deviation + own[1]
      }
      values = layer.activation?.apply(to: sums) ?? sums
      next += count
    }
    let made = values.reshaped(
      to: Shape(rows: samples, columns: shapes[layers.count].count))
    return withLabels(made, of: inputs, Array(parameters[next...]))
  }

  private func withLabels(_ made: Tensor, of inputs: Tensor, _ heads: [Tensor]) -> Tensor {
    let given = input.count..<inputWidth
    switch labels {
    case .none: return made
    case .passedOn: return .stackedColumns([made, inputs.columns(given)])
    case .projected:
      let common = made.affine(heads[0], bias: heads[1])
      return common + (made.affine(heads[2], bias: heads[3]) * inputs.columns(given)).rowSums()
    }
  }

  /// The same function on a batch with the batch's statistics in the weights, so that a sample no longer
  /// depends on the others beside it.
  ///
  /// - Parameters:
  ///   - inputs: The batch, n × `inputWidth`.
  ///   - parameters: Weights and bias of each layer, in turn.
  /// - Returns: Layers without normalisation, and their parameters.
  func freezingStatistics(
    of inputs: Matrix, _ parameters: [Matrix]
  ) -> (stack: LayerStack, parameters: [Matrix]) {
    var frozen = parameters
    _ = outputs(for: Tensor(inputs), parameters: parameters.map { Tensor($0) }) {
      place, mean, deviation in
      // A transposed convolution has a column for each channel and each pixel of a window.
      let repeats = parameters[place].columns / deviation.shape.columns
      let factors = Tensor.stackedColumns(Array(repeating: deviation, count: repeats))
      frozen[place] = (Tensor(parameters[place]) / factors).value
      frozen[place + 1] = (Tensor(parameters[place + 1]) - mean / deviation).value
    }
    let plain = layers.map { ImageLayer($0.kind, activation: $0.activation) }
    return (LayerStack(input: input, layers: plain, labels: labels), frozen)
  }
}
