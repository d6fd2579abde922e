extension Tensor {
  /// The entries of images under each window, as rows.
  ///
  /// - Parameter grid: The windows.
  /// - Returns: (n · windows) × (kernel² · channels), for n images of (n · pixels) × channels.
  /// - Complexity: O(n · windows · kernel² · channels).
  public func patches(_ grid: PatchGrid) -> Tensor {
    precondition(
      shape.rows.isMultiple(of: grid.image.pixels) && shape.columns == grid.image.channels,
      "A tensor of \(shape) holds no images of \(grid.image): a row is a pixel, a column a channel")
    let images = shape.rows / grid.image.pixels
    return Tensor(
      .patches(grid), [self], shape: Shape(rows: images * grid.count, columns: grid.patchSize))
  }

  /// Rows of entries under windows, added to the pixels of images: the adjoint of `patches`.
  ///
  /// - Parameter grid: The windows.
  /// - Returns: (n · pixels) × channels, for (n · windows) × (kernel² · channels).
  /// - Complexity: O(n · windows · kernel² · channels).
  public func foldingPatches(_ grid: PatchGrid) -> Tensor {
    precondition(
      shape.rows.isMultiple(of: grid.count) && shape.columns == grid.patchSize,
      "A tensor of \(shape) holds no patches of \(grid.patchSize) entries, \(grid.count) an image")
    let images = shape.rows / grid.count
    return Tensor(
      .fold(grid), [self],
      shape: Shape(rows: images * grid.image.pixels, columns: grid.image.channels))
  }

  /// The images that a convolution makes of images: every window's entries times the weights.
  ///
  /// Strictly a cross-correlation, as in all networks that are called convolutional.
  ///
  /// - Parameters:
  ///   - weights: (kernel² · channels) × made channels; a row for each row of pixels of the window, pixel
  ///     and channel, in this order.
  ///   - bias: 1 × made channels.
  ///   - grid: The windows.
  /// - Returns: (n · windows) × made channels: images of `grid.rows` × `grid.columns` pixels.
  /// - Complexity: O(n · windows · kernel² · channels · made channels), by OpenBLAS.
  public func convolved(with weights: Tensor, bias: Tensor, _ grid: PatchGrid) -> Tensor {
    patches(grid).affine(weights, bias: bias)
  }

  /// The images that a transposed convolution makes of images: every pixel spreads its channels, times the
  /// weights, over a window of a larger image, where all add up.
  ///
  /// The adjoint of `convolved` with the transposed weights, also called fractionally strided
  /// convolution (V. Dumoulin, F. Visin, A guide to convolution arithmetic for deep learning, 2016,
  /// section 4).
  ///
  /// - Parameters:
  ///   - weights: channels × (kernel² · made channels).
  ///   - bias: 1 × made channels.
  ///   - grid: The windows on the images made; it has as many as the given images have pixels.
  /// - Returns: (n · pixels) × made channels.
  /// - Complexity: O(n · windows · kernel² · channels · made channels), by OpenBLAS.
  public func transposedConvolved(
    with weights: Tensor, bias: Tensor, _ grid: PatchGrid
  ) -> Tensor {
    matmul(weights).foldingPatches(grid) + bias
  }
}
