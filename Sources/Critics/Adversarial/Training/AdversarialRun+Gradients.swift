public import Autodiff

extension AdversarialRun {
  /// The gradient that a generator's step on given batches would follow, in its two terms.
  ///
  /// With K unrolled steps the generator goes for what it would get after K steps of the discriminator on
  /// these same batches. Nothing is changed.
  ///
  /// - Parameters:
  ///   - data: Data points, n × d.
  ///   - noise: Noise, n × latent dimension.
  ///   - shares: Where between data and samples a slope penalty is taken, n × 1 numbers from 0 to 1; needed by
  ///     penalties on slopes alone.
  /// - Returns: With respect to W and b of each layer of the generator, in turn.
  public func generatorGradient(
    data: Matrix, noise: Matrix, shares: Matrix? = nil
  ) -> SurrogateGradient {
    generatorGradient(on: AdversarialBatch(data: data, noise: noise, shares: shares))
  }

  func generatorGradient(on batch: AdversarialBatch) -> SurrogateGradient {
    let variables = generator.network.parameters.map { Tensor(variable: $0) }
    let samples = generator.points(from: Tensor(batch.noise), parameters: variables)
    let unrolling = settings.unrolling
    var discriminator = discriminator
    let answer = unrolled(
      discriminator.network.parameters, steps: unrolling.steps,
      by: (unrolling.optimizer ?? settings.discriminator.optimizer).rule,
      state: unrolling.optimizer == nil
        ? OptimizerState(discriminatorState) : OptimizerState(),
      isRecorded: unrolling.passesGradient
    ) { discriminatorLoss(&discriminator, $0, samples, batch) }
    let objective = settings.objective
    return SurrogateGradient(
      of: { parameters in
        let used = discriminator.used(parameters)
        let onSamples = discriminator.outputs(at: samples, used: used)
        // What is lost at the data depends on the generator by way of the discriminator's steps only.
        guard objective.isZeroSum, unrolling.steps > 0 else {
          return objective.generatorLoss(samples: onSamples)
        }
        let onData = discriminator.outputs(at: Tensor(batch.data), used: used)
        return objective.value(data: onData, samples: onSamples)
      }, through: answer, withRespectTo: variables)
  }

  /// The gradient of the discriminator's loss, through the generator's unrolled steps if there are any.
  ///
  /// Remembers the step of power iteration.
  mutating func discriminatorGradient(
    _ variables: [Tensor], on batch: AdversarialBatch
  ) -> SurrogateGradient {
    let unrolling = settings.generatorUnrolling
    let (generator, objective) = (generator, settings.objective)
    let noise = Tensor(batch.noise)
    var ahead = discriminator
    let answer = unrolled(
      generator.network.parameters, steps: unrolling.steps,
      by: (unrolling.optimizer ?? settings.generator.optimizer).rule,
      state: unrolling.optimizer == nil ? OptimizerState(generatorState) : OptimizerState(),
      isRecorded: unrolling.passesGradient
    ) { parameters in
      let samples = generator.points(from: noise, parameters: parameters)
      let outputs = ahead.outputs(at: samples, used: ahead.used(variables))
      return objective.generatorLoss(samples: outputs)
    }
    var discriminator = discriminator
    defer { self.discriminator = discriminator }
    return SurrogateGradient(
      of: { parameters in
        let samples = generator.points(from: noise, parameters: parameters)
        return discriminatorLoss(&discriminator, variables, samples, batch)
      }, through: answer, withRespectTo: variables)
  }

  /// What the discriminator descends: the objective's value with its sign changed, and penalties.
  private func discriminatorLoss(
    _ discriminator: inout Discriminator, _ variables: [Tensor], _ samples: Tensor,
    _ batch: AdversarialBatch
  ) -> Tensor {
    let used = discriminator.used(variables)
    let value = settings.objective.value(
      data: discriminator.outputs(at: Tensor(batch.data), used: used),
      samples: discriminator.outputs(at: samples, used: used))
    let share = Double(step) / Double(max(settings.steps, 1))
    let penalty = discriminator.penalty(
      used: used, variables: variables, at: batch.pointsBetween(samples), after: share)
    return penalty.map { $0 - value } ?? -value
  }
}
