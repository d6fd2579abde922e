/// Grey images of one size, with a label each if there are labels: the data of a generator of images.
public struct ImageCollection: Hashable, Sendable {
  /// Rows of pixels of an image.
  public let height: Int
  /// Pixels in a row.
  public let width: Int
  /// The pixels of all images, image after image and row after row, as they stand in the file.
  public let pixels: [Double]
  /// The class of each image, from 0 on; nil where there are no labels.
  public let labels: [Int]?

  /// The number of images.
  public var count: Int { pixels.count / (height * width) }

  /// The number of classes: one more than the greatest label; 0 without labels.
  public var classes: Int { (labels?.max() ?? -1) + 1 }

  /// The most classes that labels may tell apart.
  public static let mostClasses = 1000

  /// Reads images, and their labels from a file of their own.
  ///
  /// - Parameters:
  ///   - path: An array with three axes, image, row and column: `.npy` or IDX, packed by gzip or not.
  ///   - labels: An array with one axis of whole numbers from 0 on, in the same formats; nil for none.
  /// - Throws: `MeasureFileError` if a file cannot be read, has other axes or other numbers, or if there is not
  ///   a label for each image.
  public init(contentsOf path: String, labels: String? = nil) throws(MeasureFileError) {
    let images = try Self.array(path)
    guard images.shape.count == 3 else {
      throw SourceText(path: path, bytes: []).error(
        "the array has \(images.shape.count) axes", fix: "images have three: image, row, column")
    }
    if let place = images.values.firstIndex(where: { !$0.isFinite }) {
      throw SourceText(path: path, bytes: []).error(
        "number \(place) is \(images.values[place])", fix: "grey levels are finite")
    }
    height = images.shape[1]
    width = images.shape[2]
    pixels = images.values
    self.labels = try labels.map { (path) throws(MeasureFileError) in
      try Self.labels(path, count: images.shape[0])
    }
  }

  /// The numbers of a file by its ending: `.npy`, `.npy.gz`, `.npz`, and otherwise IDX.
  private static func array(
    _ path: String
  ) throws(MeasureFileError) -> (shape: [Int], values: [Double]) {
    guard ["npy", "npz"].contains(FileName(path).ending) else {
      let array = try IDXArray(contentsOf: path)
      return (array.shape, array.values)
    }
    let array = try NPYArray(try InputFile<FileFormat>(contentsOf: path).source)
    return (array.shape, array.values)
  }

  private static func labels(_ path: String, count: Int) throws(MeasureFileError) -> [Int] {
    let array = try array(path)
    let file = SourceText(path: path, bytes: [])
    guard array.shape == [count] else {
      throw file.error(
        "the array is \(array.shape.map(String.init).joined(separator: " × ")), and there are "
          + "\(count) images", fix: "give one label for each image")
    }
    var labels: [Int] = []
    for (index, value) in array.values.enumerated() {
      guard let label = Int(exactly: value), (0..<mostClasses).contains(label) else {
        throw file.error(
          "label \(index) is \(value)", fix: "labels are whole numbers from 0 to \(mostClasses - 1)"
        )
      }
      labels.append(label)
    }
    return labels
  }
}
