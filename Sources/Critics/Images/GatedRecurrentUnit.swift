import Autodiff

/// A recurrent network that writes an image row of pixels by row of pixels.
///
/// At each row the state h and the noise z, which is the same at every row, make two gates r and u and a
/// candidate c, and the state is moved towards it:
///
///     (r, u) = σ([h, z] W + b),  c = tanh([r h, z] V + d),  h ← u h + (1 − u) c
///
/// The row of pixels is h Q + e. The first h is 0.
///
/// - Source: K. Cho et al., "Learning phrase representations using RNN encoder–decoder", 2014, section 2.3.
struct GatedRecurrentUnit {
  let units: Int
  let image: ImageShape

  /// Of W, V and Q.
  func parameterShapes(inputs: Int) -> [Shape] {
    [
      Shape(rows: units + inputs, columns: 2 * units),
      Shape(rows: units + inputs, columns: units),
      Shape(rows: units, columns: image.width * image.channels),
    ]
  }

  /// The images of noise.
  ///
  /// - Parameters:
  ///   - noise: n × inputs.
  ///   - parameters: W, b, V, d, Q, e.
  /// - Returns: n × entries of an image.
  func image(from noise: Tensor, _ parameters: [Tensor]) -> Tensor {
    var state = Tensor(Matrix(rows: noise.shape.rows, columns: units))
    var rows: [Tensor] = []
    for _ in 0..<image.height {
      let gates = Tensor.stackedColumns([state, noise])
        .affine(parameters[0], bias: parameters[1]).sigmoid()
      let (reset, update) = (gates.columns(0..<units), gates.columns(units..<2 * units))
      let candidate = Tensor.stackedColumns([reset * state, noise])
        .affine(parameters[2], bias: parameters[3]).tanh()
      state = candidate + update * (state - candidate)
      rows.append(state.affine(parameters[4], bias: parameters[5]))
    }
    return Tensor.stackedColumns(rows)
  }
}
