import ArgumentParser
import Autodiff
import Critics
import MeasureFiles
import Measures
import Reports
import Transport

/// `ot gan DATASET`: trains a generator, followed by the exact distance of its samples.
struct GANCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gan",
    abstract: "Trains a GAN, followed by the exact distance of its samples from data.",
    discussion: """
      The data are a law by name (\(GANDataset.names)), a file of points, or images: digits, or a \
      file in MNIST's format IDX or .npy with --labels. The preset has a paper's constants; options \
      change some of them. W₁ stands beside its floor, that of data from other data. Every third \
      image is held out; a classifier trained on the others says what samples are.

      EXAMPLES:
        ot gan ring --steps 20 --samples 100
        ot gan ring --preset wgan-gp --steps 4 --samples 100 --every 2 --trajectory run.csv
        ot gan grid --preset sngan-D --steps 2 --samples 100 --seeds 2 --json
        ot gan digits --steps 2 --samples 20 --classifier-steps 5 --sheet digits.svg
        ot gan spirals --preset gan,wgan-lp --steps 4 --samples 60 --figure gan.svg
      """)

  @Argument(help: "A law by name, digits, or a file of points or images.")
  var dataset: String

  @Option(help: "What a table without header means: points or points+mass.")
  var layout: TableLayout?

  @Option(help: "The labels of a file of images: IDX or .npy.")
  var labels: String?

  @OptionGroup var settings: GANSettings
  @OptionGroup var output: OutputOptions

  @Option(help: "How many seeds to train, side by side, from --seed on.")
  var seeds = 1

  @Option(help: "How many samples are compared with data; by default 2500, of images 1000.")
  var samples: Int?

  @Option(help: "Measure every so many steps; at the end alone by default.")
  var every: Int?

  @Option(
    help: "Draw samples over time, a row for each preset: FILE.svg. Without --every five times.")
  var figure: String?

  @Option(help: "Write the trajectory: .csv, a row for each measurement.")
  var trajectory: String?

  @Option(help: "Write the last samples of the first seed: .csv.")
  var writeSamples: String?

  @Option(help: "The steps that the classifier of images is trained for.")
  var classifierSteps = 1000

  @Option(help: "Draw samples of images, of the first seed at each measurement: .svg.")
  var sheet: String?

  @Option(help: "Keep the state of the training in this file, at each measurement; one seed.")
  var checkpoint: String?

  @Option(help: "Go on from the state in this file, under the same settings; one seed.")
  var resume: String?

  @Option(help: "Stop at the first measurement from this step on, to go on with --resume.")
  var stopAt: Int?

  @Flag(help: "Draw the points of a file at most once in a batch.")
  var withoutReplacement = false

  func validate() throws {
    for (name, value) in [
      ("--seeds", seeds), ("--samples", samples ?? 1), ("--every", every ?? 1),
      ("--classifier-steps", classifierSteps),
    ]
    where value < 1 {
      throw ValidationError("\(name) is \(value); it must be at least 1")
    }
    if let figure, !figure.lowercased().hasSuffix(".svg"), !figure.hasPrefix("/dev/") {
      throw ValidationError("--figure is \(figure); figures are written as .svg")
    }
    if settings.presets.count > 1, checkpoint != nil || resume != nil {
      throw ValidationError(
        "--checkpoint and --resume take one preset, not \(settings.presets.count)")
    }
    if seeds > 1, checkpoint != nil || resume != nil {
      throw ValidationError("--checkpoint and --resume take one seed, not \(seeds)")
    }
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      if let images = try GANImages.images(dataset, labels: labels) {
        return try await run(on: images, interruption)
      }
      guard sheet == nil else {
        throw ValidationError("--sheet is for images; --figure draws points")
      }
      guard settings.channels == nil else { throw ValidationError("--channels is for images") }
      let samples = samples ?? 2500
      let data = try GANDataset.data(
        dataset, layout: layout, withoutReplacement: withoutReplacement)
      let chosen = try settings.presets.map { try settings.training($0) }
      let starts = try chosen.flatMap { try start($0, on: data) }
      let evaluator = try SampleEvaluator(data, count: samples, measuresOrder2: true)
      let longest = max(chosen.map(\.steps).max() ?? 1, 1)
      let interval = every ?? (figure == nil ? longest : max(1, longest / 5))
      let following = GANFollowing(
        interval: interval, checkpoint: checkpoint, lastStep: stopAt ?? .max
      ) {
        try $0.samples(samples)
      } evaluate: {
        try evaluator.evaluate($0)
      } words: { evaluation in
        let modes = evaluation.looseCoverage.map { ", \($0.covered) modes" } ?? ""
        return "W1 " + GANMeasurement.short(evaluation.wasserstein1) + modes
      }
      let task = Task { try await following.trainAll(starts) }
      let trained = try await interruption.cancelling(task)
      try show(trained, evaluator)
      if task.isCancelled { throw ExitCode.interrupted }
    }
  }

  /// The states to go on from, one for each seed.
  func start(
    _ chosen: AdversarialTraining, on data: AdversarialData
  ) throws -> [AdversarialRun] {
    try (0..<UInt64(seeds)).map { offset in
      var training = chosen
      training.seed &+= offset
      guard let resume else { return try training.start(on: data) }
      let checkpoint = try AdversarialCheckpoint(bytes: PlainFile.bytes(at: resume))
      return try training.resume(on: data, from: checkpoint)
    }
  }

  private func show(_ trained: [GANRecord], _ evaluator: SampleEvaluator) throws {
    let presets = settings.presets
    // Records are in the order of the starts, all seeds of a preset together.
    let summaries = presets.indices.map { index in
      GANSummary(
        preset: presets[index], dataset: dataset,
        records: Array(trained.dropFirst(index * seeds).prefix(seeds)), evaluator: evaluator)
    }
    try output.print(
      text: summaries.map(\.text).joined(separator: "\n\n"),
      quietText: summaries.map(\.quietText).joined(separator: "\n"),
      json: summaries.count == 1 ? summaries[0].json : .array(summaries.map(\.json)))
    var files = PendingFiles()
    if let trajectory {
      let named = presets.count > 1
      let heading = (named ? "preset," : "") + GANMeasurement.csvHeading
      let rows = summaries.flatMap { summary in
        summary.records.flatMap { $0.measurements.map(\.csvRow) }.map {
          (named ? summary.preset + "," : "") + $0
        }
      }
      files.write {
        try PlainFile.write(
          text: ([heading] + rows).joined(separator: "\n") + "\n", to: trajectory)
      }
    }
    if let writeSamples, let last = trained.first?.last {
      files.write { try Measure.points(last.samples).write(to: writeSamples) }
    }
    if let figure {
      files.write {
        try PlainFile.write(text: drawing(summaries, evaluator.heldOut).svg, to: figure)
      }
    }
    try files.finish()
  }

  /// The first seed of each preset over its steps, in at most six columns.
  private func drawing(_ summaries: [GANSummary], _ data: PointCloud) -> Figure {
    let rows = summaries.map { summary in
      let measurements = summary.records.first?.measurements ?? []
      let stride = max(1, (measurements.count + 4) / 6)
      let shown = measurements.enumerated().filter {
        $0.offset.isMultiple(of: stride) || $0.offset == measurements.count - 1
      }
      return SampleFigure.Row(
        summary.preset,
        frames: shown.map { SampleFigure.Frame("step \($0.element.step)", $0.element.samples) })
    }
    return SampleFigure(rows, data: data).figure
  }
}

/// The settings of a training on the command line: a preset and what is changed of it.
struct GANSettings: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The preset, by default unrolled-5-small, or several separated by commas: "
        + "\(AdversarialPreset.names.joined(separator: ", ")); for images one, by default "
        + "sngan-images: \(ImagePreset.names.joined(separator: ", "))."))
  var preset: String?

  /// The names of the presets asked for.
  var presets: [String] {
    (preset ?? "unrolled-5-small").split(separator: ",", omittingEmptySubsequences: false).map(
      String.init)
  }

  @Option(
    help: "What both players go for: \(Self.objectives.map(\.name).joined(separator: ", ")).")
  var objective: String?

  @Option(help: "The generator's steps.")
  var steps: Int?

  @Option(help: "The points of a batch.")
  var batch: Int?

  @Option(help: "K, the discriminator's steps that the generator looks ahead.")
  var unroll: Int?

  @Option(help: "The discriminator's steps for each of the generator's.")
  var discriminatorSteps: Int?

  @Option(
    help: "What multiplies the discriminator's output: its Lipschitz constant under spectral.")
  var lipschitzScale: Double?

  @Option(help: "The first learning rate of both players.")
  var rate: Double?

  @Option(help: "Lower the rate along a cosine to this share of the first.")
  var rateDecay: Double?

  @Option(help: "The widths of both players' hidden layers, separated by commas.")
  var hidden: String?

  @Option(help: "Of networks on images, the channels at half of the image's side, even; 32.")
  var channels: Int?

  @Option(help: "The coordinates of the noise.")
  var noise: Int?

  @Option(
    help: "Sample with a running mean of the generator's parameters that keeps this share a step.")
  var average: Double?

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 0

  /// The settings that start from a preset for points.
  func training(_ preset: String) throws -> AdversarialTraining {
    try adjusted(AdversarialTraining.preset(preset))
  }

  /// The preset for images.
  var imagePreset: String { preset ?? "sngan-images" }

  /// The settings of a preset with what the options change.
  func adjusted(_ preset: AdversarialTraining) throws -> AdversarialTraining {
    var training = preset
    if let objective { training.objective = try Self.objective(named: objective) }
    if let steps { training.steps = steps }
    if let batch { training.batch = batch }
    if let unroll { training.unrolling.steps = unroll }
    if let discriminatorSteps { training.discriminatorSteps = .constant(discriminatorSteps) }
    if let lipschitzScale { training.outputScale = lipschitzScale }
    if let average { training.generatorAveraging = average }
    if let noise { training.noise.dimension = noise }
    if let widths = try widths() {
      training.generator.hidden = widths
      training.discriminator.hidden = widths
    }
    training.generator.optimizer = scheduled(training.generator.optimizer, training.steps)
    training.discriminator.optimizer = scheduled(training.discriminator.optimizer, training.steps)
    training.seed = seed
    return training
  }

  /// The objectives that are no members of the f-GAN family, which have presets.
  private static let objectives: [(name: String, objective: AdversarialObjective)] = [
    ("minimax", .minimax), ("non-saturating", .nonSaturating), ("hinge", .hinge),
    ("wasserstein", .wasserstein),
  ]

  private static func objective(named name: String) throws -> AdversarialObjective {
    guard let found = objectives.first(where: { $0.name == name }) else {
      throw ValidationError(
        "--objective is \(name); it must be " + objectives.map(\.name).joined(separator: ", "))
    }
    return found.objective
  }

  private func scheduled(_ optimizer: OptimizerSetting, _ steps: Int) -> OptimizerSetting {
    guard rate != nil || rateDecay != nil else {
      // A preset's rate that falls over its steps falls over those asked for.
      guard case .cosine(let first, let last, _) = optimizer.rate else { return optimizer }
      return optimizer.with(rate: .cosine(from: first, to: last, steps: steps))
    }
    let first = rate ?? optimizer.rate.value(at: 0)
    return optimizer.with(
      rate: rateDecay.map { .cosine(from: first, to: first * $0, steps: steps) }
        ?? .constant(first))
  }

  private func widths() throws -> [Int]? {
    guard let hidden else { return nil }
    return try hidden.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let width = Int(part), width > 0, width <= 65_536 else {
        throw ValidationError(
          "--hidden is \(hidden); it must be widths separated by commas, such as 64,64")
      }
      return width
    }
  }
}
