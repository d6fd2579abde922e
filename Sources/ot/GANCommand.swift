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
      The data are a law by name (\(GANDataset.names)) or a file of points. The preset has a \
      paper's constants; options change some of them. W₁ stands beside its floor, that of data \
      from other data.

      EXAMPLES:
        ot gan ring --steps 20 --samples 100
        ot gan ring --preset wgan-gp --steps 4 --samples 100 --every 2 --trajectory run.csv
        ot gan grid --preset sngan-D --steps 2 --samples 100 --seeds 2 --json
      """)

  @Argument(help: "A law by name, or a file of points.")
  var dataset: String

  @Option(help: "What a table without header means: points or points+mass.")
  var layout: TableLayout?

  @OptionGroup var settings: GANSettings
  @OptionGroup var output: OutputOptions

  @Option(help: "How many seeds to train, side by side, from --seed on.")
  var seeds = 1

  @Option(help: "How many samples are compared with as many data.")
  var samples = 2500

  @Option(help: "Measure every so many steps; at the end alone by default.")
  var every: Int?

  @Option(help: "Write the trajectory: .csv, a row for each measurement.")
  var trajectory: String?

  @Option(help: "Write the last samples of the first seed: .csv.")
  var writeSamples: String?

  @Option(help: "Keep the state of the training in this file, at each measurement; one seed.")
  var checkpoint: String?

  @Option(help: "Go on from the state in this file, under the same settings; one seed.")
  var resume: String?

  @Option(help: "Stop at the first measurement from this step on, to go on with --resume.")
  var stopAt: Int?

  @Flag(help: "Draw the points of a file at most once in a batch.")
  var withoutReplacement = false

  func validate() throws {
    for (name, value) in [("--seeds", seeds), ("--samples", samples), ("--every", every ?? 1)]
    where value < 1 {
      throw ValidationError("\(name) is \(value); it must be at least 1")
    }
    if seeds > 1, checkpoint != nil || resume != nil {
      throw ValidationError("--checkpoint and --resume take one seed, not \(seeds)")
    }
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      let data = try GANDataset.data(
        dataset, layout: layout, withoutReplacement: withoutReplacement)
      let chosen = try settings.training()
      let starts = try (0..<UInt64(seeds)).map { offset in
        var training = chosen
        training.seed &+= offset
        guard let resume else { return try training.start(on: data) }
        let checkpoint = try AdversarialCheckpoint(bytes: PlainFile.bytes(at: resume))
        return try training.resume(on: data, from: checkpoint)
      }
      let evaluator = try SampleEvaluator(data, count: samples, measuresOrder2: true)
      let following = GANFollowing(
        evaluator: evaluator, samples: samples, interval: every ?? max(chosen.steps, 1),
        checkpoint: checkpoint, lastStep: stopAt ?? .max)
      let task = Task { try await following.trainAll(starts) }
      let trained = try await interruption.cancelling(task)
      try show(trained, evaluator)
      if task.isCancelled { throw ExitCode.interrupted }
    }
  }

  private func show(_ trained: [GANRecord], _ evaluator: SampleEvaluator) throws {
    if let trajectory {
      let rows = trained.flatMap(\.rows)
      try PlainFile.write(
        text: ([GANMeasurement.csvHeading] + rows).joined(separator: "\n") + "\n", to: trajectory)
    }
    if let writeSamples, let last = trained.first?.last {
      try Measure.points(last.samples).write(to: writeSamples)
    }
    let summary = GANSummary(
      preset: settings.preset, dataset: dataset, records: trained, evaluator: evaluator)
    try output.print(text: summary.text, quietText: summary.quietText, json: summary.json)
  }
}

/// The settings of a training on the command line: a preset and what is changed of it.
struct GANSettings: ParsableArguments {
  @Option(help: "The preset: \(AdversarialPreset.names.joined(separator: ", ")).")
  var preset = "unrolled-5-small"

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

  @Option(help: "The coordinates of the noise.")
  var noise: Int?

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 0

  /// The settings.
  func training() throws -> AdversarialTraining {
    var training = try AdversarialTraining.preset(preset)
    if let steps { training.steps = steps }
    if let batch { training.batch = batch }
    if let unroll { training.unrolling.steps = unroll }
    if let discriminatorSteps { training.discriminatorSteps = .constant(discriminatorSteps) }
    if let lipschitzScale { training.outputScale = lipschitzScale }
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

  private func scheduled(_ optimizer: OptimizerSetting, _ steps: Int) -> OptimizerSetting {
    guard rate != nil || rateDecay != nil else { return optimizer }
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
