import ArgumentParser
import Critics
import MeasureFiles

/// The images that `ot gan` can be trained on: `digits`, or a file of images.
enum GANImages {
  /// The images of a name or a file; nil if the argument is none of these.
  ///
  /// - Parameters:
  ///   - argument: `digits`, or a file of images: IDX by its name, or NPY with labels.
  ///   - labels: A file of labels; nil for none.
  /// - Returns: The images, or nil.
  /// - Throws: `MeasureFileError`, or an error about the options.
  static func images(_ argument: String, labels: String?) throws -> LabelledImages? {
    if argument == "digits" {
      guard labels == nil else {
        throw ValidationError("--labels is for a file of images; digits have their labels")
      }
      return try read(
        path(of: "digits-images-idx3-ubyte.gz"), labels: path(of: "digits-labels-idx1-ubyte.gz"))
    }
    guard labels != nil || isImageFile(argument) else { return nil }
    return try read(argument, labels: labels)
  }

  private static func isImageFile(_ path: String) -> Bool {
    let name = path.lowercased()
    return ["idx", "idx3-ubyte", "idx3-ubyte.gz", ".idx.gz"].contains { name.hasSuffix($0) }
  }

  private static func read(_ path: String, labels: String?) throws -> LabelledImages {
    let images = try ImageCollection(contentsOf: path, labels: labels)
    guard images.count >= 30 else {
      throw AdversarialTrainingError.invalidSetting(
        name: "the number of images", value: "\(images.count)", allowed: "at least 30")
    }
    return LabelledImages(
      levels: images.pixels, height: images.height, width: images.width, labels: images.labels)
  }

  /// Where a file of `Examples/data` is, if it is anywhere: below the current folder, or below one above the program.
  private static func path(of name: String) -> String {
    let program = CommandLine.arguments.first ?? ""
    var folders = ["."]
    var folder = program.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while !folder.isEmpty {
      folders.append(folder.joined(separator: "/"))
      folder = folder.dropLast()
    }
    for folder in folders {
      let path = "\(folder)/Examples/data/\(name)"
      if PlainFile.exists(at: path) { return path }
    }
    return "Examples/data/\(name)"
  }
}
