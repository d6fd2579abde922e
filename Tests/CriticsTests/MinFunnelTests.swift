import Critics
import Measures
import TestSupport
import Testing
import Transport

@Suite struct MinFunnelTests {
  static let dimensions = [1, 2, 8]

  private func funnels(_ dimension: Int) -> MinFunnel {
    MinFunnel(funnels: 4, dimension: dimension, seed: 11)
  }

  /// u falls by exactly the way that a point goes: −u attains the cost of the known coupling.
  @Test(arguments: dimensions)
  func thePotentialFallsByTheWay(dimension: Int) {
    var random = SplitMix64(seed: 12)
    let pair = funnels(dimension)
    let sample = pair.coupledSample(200, using: &random)
    let (p, q) = (pair.values(at: sample.sources), pair.values(at: sample.targets))
    var moved = 0.0
    for index in 0..<200 {
      let way = distance(sample.sources, index, sample.targets, index, dimension)
      #expect(abs(q[index] - p[index] - way) < 1e-12)
      moved += way
    }
    #expect(moved > 0)
  }

  @Test(arguments: dimensions)
  func thePotentialIsOneLipschitz(dimension: Int) {
    var random = SplitMix64(seed: 13)
    let pair = funnels(dimension)
    let (sources, targets) = (
      pair.source.points(100, using: &random), pair.target.points(100, using: &random)
    )
    let (p, q) = (pair.values(at: sources), pair.values(at: targets))
    for i in 0..<100 {
      for j in 0..<100 {
        let way = distance(sources, i, targets, j, dimension)
        #expect(abs(p[i] - q[j]) <= way + 1e-12)
      }
    }
  }

  /// The exact W₁ of a coupled sample is the mean way of its known coupling.
  @Test(arguments: dimensions)
  func theExactDistanceOfASampleIsThatOfItsCoupling(dimension: Int) throws {
    var random = SplitMix64(seed: 14)
    let sample = funnels(dimension).coupledSample(60, using: &random)
    let known = (0..<60).reduce(0) { sum, index in
      sum + distance(sample.sources, index, sample.targets, index, dimension) / 60
    }
    let problem = try CriticProblem(
      from: PointCloud(coordinates: sample.sources, dimension: dimension),
      to: PointCloud(coordinates: sample.targets, dimension: dimension))
    let exact = try NetworkSimplex().solve(problem.transport)
    #expect(exact.certificate(for: problem.transport).holds)
    #expect(abs(exact.cost - known) < 1e-12)
  }

  /// Gradients are unit vectors, those of −u, and point from the target to where it is moved.
  @Test(arguments: dimensions)
  func gradientsAreThoseOfThePotential(dimension: Int) {
    var random = SplitMix64(seed: 15)
    let pair = funnels(dimension)
    let sample = pair.coupledSample(40, using: &random)
    let slopes = pair.criticGradients(at: sample.targets)
    for index in 0..<40 {
      let axes = index * dimension..<(index + 1) * dimension
      let point = Array(sample.targets[axes])
      let length = slopes[axes].reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(length - 1) < 1e-12)
      let way = distance(sample.sources, index, sample.targets, index, dimension)
      for axis in 0..<dimension {
        var (ahead, behind) = (point, point)
        ahead[axis] += 1e-6
        behind[axis] -= 1e-6
        let difference = (pair.values(at: behind)[0] - pair.values(at: ahead)[0]) / 2e-6
        // Rounding 1e-16 / 1e-6, and a third derivative of 1 over the squared distance.
        #expect(abs(difference - slopes[axes][axes.lowerBound + axis]) < 1e-8)
        let step = sample.sources[axes][axes.lowerBound + axis] - point[axis]
        #expect(abs(step - way * slopes[axes][axes.lowerBound + axis]) < 1e-12)
      }
    }
  }

  /// Moved points stay in the cube and in their funnel, nearer to its centre.
  @Test func theMapDescends() {
    var random = SplitMix64(seed: 16)
    let sample = funnels(8).coupledSample(200, using: &random)
    #expect(sample.sources.allSatisfy { abs($0) <= 2.5 })
    #expect(sample.targets.allSatisfy { abs($0) <= 2.5 })
  }

  /// On the line with one funnel at 0 and no height the ray ends at 2.5, and x goes to 2.5 (x / 2.5)⁸.
  @Test func theMapIsAPowerOfTheShareOfTheRay() {
    let pair = MinFunnel(centers: [0], heights: [0], dimension: 1)
    for (point, moved) in [(2.5, 2.5), (-2.5, -2.5), (1.25, 2.5 / 256), (0, 0)] {
      #expect(abs(pair.moved([point])[0] - moved) < 1e-15)
    }
    // Two funnels at −1 and 1: rays that meet end in the middle, at 0, a length of 1 from the centre.
    let two = MinFunnel(centers: [-1, 1], heights: [0, 0], dimension: 1)
    #expect(abs(two.moved([0.5])[0] - (1 - 1.0 / 256)) < 1e-15)
    // With heights 0 and 0.5 they end at 0.25, a length of 0.75 from the right centre.
    let tilted = MinFunnel(centers: [-1, 1], heights: [0, 0.5], dimension: 1)
    #expect(abs(tilted.moved([0.625])[0] - (1 - 0.75 / 256)) < 1e-15)
  }

  private func distance(
    _ first: [Double], _ i: Int, _ second: [Double], _ j: Int, _ dimension: Int
  ) -> Double {
    (0..<dimension).reduce(0) { sum, axis in
      let step = first[i * dimension + axis] - second[j * dimension + axis]
      return sum + step * step
    }.squareRoot()
  }
}
