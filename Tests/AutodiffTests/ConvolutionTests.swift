import Autodiff
import Testing

/// Convolutions against the sums that define them; their derivatives are among the `OperationCase`s.
@Suite struct ConvolutionTests {
  /// Sizes, strides and paddings, also with pixels that no window covers.
  static let grids = [
    PatchGrid(of: ImageShape(height: 4, width: 4), kernel: 4),
    PatchGrid(of: ImageShape(height: 5, width: 3, channels: 2), kernel: 3, stride: 1, padding: 1),
    PatchGrid(of: ImageShape(height: 8, width: 8, channels: 3), kernel: 4, stride: 2, padding: 1),
    PatchGrid(of: ImageShape(height: 6, width: 7, channels: 2), kernel: 2, stride: 3),
    PatchGrid(of: ImageShape(height: 2, width: 5, channels: 1), kernel: 5, stride: 2, padding: 4),
    PatchGrid(of: ImageShape(height: 1, width: 1, channels: 4), kernel: 1),
  ]

  /// Entry (image, y, x, channel) of images; zero outside.
  private static func entry(
    _ images: Matrix, _ shape: ImageShape, _ place: (image: Int, y: Int, x: Int), _ channel: Int
  ) -> Double {
    guard (0..<shape.height).contains(place.y), (0..<shape.width).contains(place.x) else {
      return 0
    }
    return images[(place.image * shape.height + place.y) * shape.width + place.x, channel]
  }

  @Test(arguments: grids)
  func convolutionIsTheSumOverEachWindow(_ grid: PatchGrid) {
    let shape = grid.image
    let images = Matrix.normal(2 * shape.pixels, shape.channels, seed: 1)
    let weights = Matrix.normal(grid.patchSize, 3, seed: 2)
    let bias = Matrix.normal(1, 3, seed: 3)
    let found = Tensor(images).convolved(with: Tensor(weights), bias: Tensor(bias), grid).value
    var expected = Matrix(rows: 2 * grid.count, columns: 3)
    for image in 0..<2 {
      for row in 0..<grid.rows {
        for column in 0..<grid.columns {
          for made in 0..<3 {
            var sum = bias[0, made]
            for ky in 0..<grid.kernel {
              for kx in 0..<grid.kernel {
                let y = row * grid.stride - grid.padding + ky
                let x = column * grid.stride - grid.padding + kx
                for channel in 0..<shape.channels {
                  let weight = weights[(ky * grid.kernel + kx) * shape.channels + channel, made]
                  sum += weight * Self.entry(images, shape, (image, y, x), channel)
                }
              }
            }
            expected[(image * grid.rows + row) * grid.columns + column, made] = sum
          }
        }
      }
    }
    // Sums of at most 48 products of size 1.
    #expect(largestError([found], [expected]) < 1e-13)
  }

  /// ⟨K x, y⟩ = ⟨x, Kᵀ y⟩ with the transposed weights: what makes a convolution transposed.
  @Test(arguments: grids)
  func transposedConvolutionIsTheAdjoint(_ grid: PatchGrid) {
    let x = Tensor(Matrix.normal(2 * grid.image.pixels, grid.image.channels, seed: 4))
    let weights = Tensor(Matrix.normal(grid.patchSize, 3, seed: 5))
    let y = Tensor(Matrix.normal(2 * grid.count, 3, seed: 6))
    let forth = x.convolved(with: weights, bias: Tensor(Matrix(rows: 1, columns: 3)), grid)
    let back = y.transposedConvolved(
      with: Tensor(weights.value.transposed),
      bias: Tensor(Matrix(rows: 1, columns: grid.image.channels)), grid)
    let (left, right) = ((forth * y).sum().scalar, (x * back).sum().scalar)
    #expect(abs(left - right) < 1e-12 * max(1, abs(left)) * Double(grid.count))
  }

  /// The norm of a convolution as a linear map is at most ⌈kernel/stride⌉ times that of its matrix, and in
  /// general above it: what normalising the matrix bounds, and what it does not.
  @Test func normOfTheMatrixBoundsTheMap() {
    let grid = PatchGrid(
      of: ImageShape(height: 6, width: 6, channels: 2), kernel: 4, stride: 2, padding: 1)
    let weights = Matrix.normal(grid.patchSize, 3, seed: 7)
    let unit = Matrix.identityMatrix(grid.image.count)
    let images = Tensor(unit).reshaped(
      to: Shape(rows: grid.image.count * grid.image.pixels, columns: grid.image.channels))
    let map = images.convolved(
      with: Tensor(weights), bias: Tensor(Matrix(rows: 1, columns: 3)), grid)
    let norm = map.reshaped(to: Shape(rows: grid.image.count, columns: grid.count * 3)).value
      .largestSingularValue()
    let ofMatrix = weights.largestSingularValue()
    #expect(norm <= 2 * ofMatrix * (1 + 1e-12))
    #expect(norm > 1.05 * ofMatrix)
  }
}

extension Matrix {
  fileprivate static func identityMatrix(_ size: Int) -> Matrix {
    var matrix = Matrix(rows: size, columns: size)
    for index in 0..<size { matrix[index, index] = 1 }
    return matrix
  }
}
