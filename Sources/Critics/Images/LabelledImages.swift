public import Autodiff
public import Measures

/// Grey images of one size in [−1, 1] with the class of each: data of a generator and of a classifier.
public struct LabelledImages: Hashable, Sendable {
  /// The size of an image, of one channel.
  public let shape: ImageShape
  /// An image a row, count × pixels, from −1 for the darkest level of all images to 1 for the lightest.
  public let pixels: Matrix
  /// The class of each image, from 0 on; all 0 where there are no labels.
  public let labels: [Int]
  /// The number of classes; at least 1.
  public let classes: Int

  /// Images given by their grey levels.
  ///
  /// - Parameters:
  ///   - levels: Image after image, row of pixels after row, of any finite range.
  ///   - height: Rows of pixels of an image.
  ///   - width: Pixels in a row.
  ///   - labels: The class of each image, from 0 on; nil for one class.
  public init(levels: [Double], height: Int, width: Int, labels: [Int]? = nil) {
    shape = ImageShape(height: height, width: width)
    let count = levels.count / shape.count
    precondition(
      count > 0 && levels.count == count * shape.count,
      "\(levels.count) levels do not fill images of \(shape)")
    let (least, most) = (levels.min() ?? 0, levels.max() ?? 0)
    let scale = most > least ? 2 / (most - least) : 0
    pixels = Matrix(
      rows: count, columns: shape.count, elements: levels.map { scale * ($0 - least) - 1 })
    self.labels = labels ?? Array(repeating: 0, count: count)
    classes = (self.labels.max() ?? 0) + 1
    precondition(
      self.labels.count == count && self.labels.allSatisfy { $0 >= 0 },
      "labels are one for each image, from 0 on")
  }

  private init(_ images: LabelledImages, at places: [Int]) {
    shape = images.shape
    pixels = images.pixels.rows(at: places)
    labels = places.map { images.labels[$0] }
    classes = images.classes
  }

  /// The number of images.
  public var count: Int { pixels.rows }

  /// Some of the images, in the order given.
  public func images(at places: [Int]) -> LabelledImages { LabelledImages(self, at: places) }

  /// The images to train on and those to measure with: every third is held out.
  public func split() -> (training: LabelledImages, heldOut: LabelledImages) {
    precondition(count >= 3, "\(count) images are too few to hold any out")
    return (
      images(at: (0..<count).filter { $0 % 3 != 2 }), images(at: (0..<count).filter { $0 % 3 == 2 })
    )
  }

  /// The images as points of equal mass.
  ///
  /// - Parameter withLabels: Whether a label stands behind each image, as `LayerStack` has it.
  /// - Returns: count points of pixels, and of classes behind them.
  /// - Throws: `MeasureError` if a pixel is not finite.
  public func cloud(withLabels: Bool = false) throws(MeasureError) -> PointCloud {
    let rows = withLabels ? pixels.labelled(labels, classes: classes) : pixels
    return try PointCloud(coordinates: rows.elements, dimension: rows.columns)
  }
}
