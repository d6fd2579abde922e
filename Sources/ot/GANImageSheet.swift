import Autodiff
import Critics
import Reports

/// Samples of images as a figure: a panel for each measurement, the first samples in the order drawn.
struct GANImageSheet {
  let figure: Figure

  /// The samples of a training at up to three measurements of it, the last among them, beside held-out images.
  init(_ record: GANImageRecord, _ evaluator: ImageEvaluator, of preset: String) {
    let shape = evaluator.heldOut.shape
    let side = max(1, min(8, 127 / (max(shape.height, shape.width) + 1)))
    func panel(_ title: String, _ images: Matrix) -> Panel {
      let map = Self.mosaic(images, shape, side: side)
      return Panel(
        title, x: Axis(ticks: .none), y: Axis(ticks: .none, isReversed: true), width: 300,
        height: 300, hasEqualUnits: true, series: [.heatMap(map)])
    }
    let shown = Self.spread(record.measurements)
    figure = Figure(
      "Samples of \(preset)",
      description:
        "The first \(side * side) samples of a generator, not chosen, and held-out images.",
      columns: 2,
      panels: shown.map { panel("step \($0.step)", $0.samples) } + [
        panel("held-out images", evaluator.heldOut.pixels)
      ])
  }

  /// Up to three measurements at equal distances that end with the last.
  private static func spread(_ measurements: [GANImageMeasurement]) -> [GANImageMeasurement] {
    let count = min(3, measurements.count)
    return (0..<count).map { measurements[(($0 + 1) * measurements.count) / count - 1] }
  }

  /// The first side × side images beside and below each other, with a pixel left blank between them.
  private static func mosaic(_ images: Matrix, _ shape: ImageShape, side: Int) -> HeatMap {
    let (height, width) = (side * (shape.height + 1) - 1, side * (shape.width + 1) - 1)
    var values = [Double](repeating: .nan, count: height * width)
    let entries = images.elements
    for index in 0..<min(side * side, images.rows) {
      let (top, left) = (index / side * (shape.height + 1), index % side * (shape.width + 1))
      for pixel in 0..<shape.pixels {
        let place = (top + pixel / shape.width) * width + left + pixel % shape.width
        values[place] = entries[index * shape.count + pixel]
      }
    }
    return HeatMap(values, rows: height, columns: width, map: .gray, range: -1...1)
  }
}
