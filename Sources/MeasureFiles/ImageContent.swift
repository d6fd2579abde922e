/// What an image is taken for.
public enum ImageContent: Hashable, Sendable {
  /// Masses on its pixels: the grey level, or of colours the luminance.
  case luminance
  /// The number of pixels of each colour, as points in a cube of `bins` × `bins` × `bins` colours.
  ///
  /// The bins must be 1 to 256; a point has the indices of its bin as coordinates: red, green, blue.
  case colourHistogram(bins: Int)
}
