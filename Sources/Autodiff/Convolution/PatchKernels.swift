// Windows of images copied out and added back, on pointers. Shapes are checked by the callers.

extension Matrix {
  /// The entries under each window as a row: (n · windows) × (kernel² · channels), row of pixels after
  /// row of pixels of the window.
  ///
  /// Known as im2col. Source: K. Chellapilla, S. Puri, P. Simard, High performance convolutional neural
  /// networks for document processing, 2006, section 3.
  func patches(_ grid: PatchGrid) -> Matrix {
    let images = rows / grid.image.pixels
    let size = Shape(rows: images * grid.count, columns: grid.patchSize)
    return unsafe Matrix(filling: size) { out in
      unsafe withElements { input in
        for window in PatchRuns(grid, images: images) {
          let start = unsafe out + window.patch
          guard let pixels = window.pixels else {
            unsafe start.initialize(repeating: 0, count: window.length)
            continue
          }
          unsafe start.initialize(repeating: 0, count: window.before)
          unsafe (start + window.before).initialize(from: input + pixels, count: window.inside)
          unsafe (start + window.before + window.inside).initialize(
            repeating: 0, count: window.length - window.before - window.inside)
        }
      }
    }
  }

  /// Each window's row added to the pixels that it covers: (n · pixels) × channels.
  ///
  /// The adjoint of `patches`, known as col2im.
  func foldingPatches(_ grid: PatchGrid) -> Matrix {
    let images = rows / grid.count
    var result = Matrix(Shape(rows: images * grid.image.pixels, columns: grid.image.channels))
    unsafe result.withMutableElements { out in
      unsafe withElements { input in
        for window in PatchRuns(grid, images: images) {
          guard let pixels = window.pixels else { continue }
          let from = unsafe input + window.patch + window.before
          let to = unsafe out + pixels
          for entry in 0..<window.inside { unsafe to[entry] += from[entry] }
        }
      }
    }
    return result
  }
}

/// The rows of pixels of all windows, in the order in which patches hold them.
private struct PatchRuns: Sequence, IteratorProtocol {
  /// A row of pixels of a window: entries in the patch, and those of them that lie inside of the image.
  struct Run {
    /// Where the row starts among all patches' entries.
    let patch: Int
    /// The row's entries.
    let length: Int
    /// The entries to the left of the image.
    let before: Int
    /// The entries inside of the image.
    let inside: Int
    /// Where the first entry inside stands among all images' entries; nil if there is none.
    let pixels: Int?
  }

  private let grid: PatchGrid
  private let total: Int
  private let runLength: Int
  private var position = 0
  private var image = 0
  private var row = 0
  private var column = 0
  private var line = 0

  init(_ grid: PatchGrid, images: Int) {
    self.grid = grid
    total = images * grid.count * grid.kernel
    runLength = grid.kernel * grid.image.channels
  }

  @inline(__always)
  mutating func next() -> Run? {
    guard position < total else { return nil }
    let shape = grid.image
    let y = row * grid.stride - grid.padding + line
    let x = column * grid.stride - grid.padding
    let first = Swift.max(0, -x)
    let last = Swift.min(grid.kernel, shape.width - x)
    let isInside = y >= 0 && y < shape.height && first < last
    let run = Run(
      patch: position * runLength, length: runLength, before: first * shape.channels,
      inside: (last - first) * shape.channels,
      pixels: isInside
        ? ((image * shape.height + y) * shape.width + x + first) * shape.channels : nil)
    step()
    return run
  }

  @inline(__always)
  private mutating func step() {
    position += 1
    line += 1
    guard line == grid.kernel else { return }
    line = 0
    column += 1
    guard column == grid.columns else { return }
    column = 0
    row += 1
    guard row == grid.rows else { return }
    row = 0
    image += 1
  }
}
