import Autodiff
import Testing

/// Values of operations, where the derivatives' tests do not tell them apart.
@Suite struct ValueTests {
  private static var m: Tensor { Tensor(Matrix([[3, -1, 2, -4], [0, 5, -2, 1]])) }

  @Test func sums() {
    #expect(Self.m.sum().scalar == 4)
    #expect(Self.m.mean().scalar == 0.5)
    #expect(Self.m.rowSums().value == Matrix([[0], [4]]))
    #expect(Self.m.columnSums().value == Matrix([[3, 4, 0, -3]]))
    #expect(Self.m.rowMeans().value == Matrix([[0], [1]]))
    #expect(Self.m.columnMeans().value == Matrix([[1.5, 2, 0, -1.5]]))
    #expect(Self.m.rowNorms(epsilon: 0).squared().value.elements.map { $0.rounded() } == [30, 30])
  }

  /// More entries than the eight parts of a sum, and not a multiple of eight.
  @Test func longSums() {
    let numbers = Matrix(rows: 3, columns: 29, elements: (0..<87).map(Double.init))
    #expect(Tensor(numbers).sum().scalar == 87 * 86 / 2)
    #expect(Tensor(numbers).rowSums().value[1, 0] == 29 * 43)
  }

  @Test func sorting() {
    #expect(Self.m.maxMin().value == Matrix([[-1, 3, -4, 2], [0, 5, -2, 1]]))
    #expect(Self.m.sortedRows().value == Matrix([[-4, -1, 2, 3], [-2, 0, 1, 5]]))
    #expect(Self.m.sortedInGroups(of: 1).value == Self.m.value)
    #expect(Self.m.rowMaxima().value == Matrix([[3], [5]]))
    #expect(Self.m.rowMinima().value == Matrix([[-4], [-2]]))
    let long = Matrix.normal(2, 100, seed: 3)
    let sorted = Tensor(long).sortedRows().value
    #expect(Array(sorted.elements[..<100]) == long.elements[..<100].sorted())
    #expect(Array(sorted.elements[100...]) == long.elements[100...].sorted())
  }

  /// A sort preserves the norm of every gradient.
  @Test(arguments: [2, 3, 6, 36])
  func sortingIsAPermutation(_ size: Int) {
    let x = Tensor(variable: .normal(2, 36, seed: 1))
    let cotangent = Matrix.normal(2, 36, seed: 2)
    let slope = gradient(
      of: (x.sortedInGroups(of: size) * Tensor(cotangent)).sum(), withRespectTo: [x])[0]
    #expect(slope.elements.sorted() == cotangent.elements.sorted())
  }

  @Test func selection() {
    #expect(Self.m.rows(at: [1, 1]).value == Matrix([[0, 5, -2, 1], [0, 5, -2, 1]]))
    #expect(Self.m.entries(at: [7, 0]).value == Matrix([[1], [3]]))
    #expect(Self.m.columns(1..<3).value == Matrix([[-1, 2], [5, -2]]))
    #expect(Self.m.rows(1..<2).value == Matrix([[0, 5, -2, 1]]))
    #expect(
      Tensor(Matrix([[1], [2], [3]])).addingRows(to: [1, 0, 1], rowCount: 3).value
        == Matrix([[2], [4], [0]]))
    let halves = [Self.m.columns(0..<1), Self.m.columns(1..<4)]
    #expect(Tensor.stackedColumns(halves).value == Self.m.value)
    #expect(Tensor.stackedRows([Self.m.rows(0..<1), Self.m.rows(1..<2)]).value == Self.m.value)
  }

  @Test func nothingOverflows() {
    let x = Tensor(Matrix([[-1000, 0, 1000]]))
    #expect(x.sigmoid().value == Matrix([[0, 0.5, 1]]))
    #expect(x.tanh().value == Matrix([[-1, 0, 1]]))
    let softplus = x.softplus().value
    #expect(softplus[0, 0] == 0 && softplus[0, 2] == 1000)
    #expect(abs(softplus[0, 1] - Tensor(2).log().scalar) < 1e-15)
  }

  /// tanh x = (e²ˣ − 1)/(e²ˣ + 1), also where its two formulas meet; and it is odd.
  @Test func tanhOfAllSizes() {
    for step in -800...800 {
      let x = Double(step) / 400
      let found = Tensor(x).tanh().scalar
      let e = Tensor(2 * x).exp().scalar
      #expect(abs(found - (e - 1) / (e + 1)) < 4e-16)
      #expect(Tensor(-x).tanh().scalar == -found)
    }
    #expect(Tensor(1e-9).tanh().scalar == 1e-9)
  }

  /// A training that diverged must be noticed, not hidden.
  @Test func notANumberStaysSo() {
    let x = Tensor(Matrix([[.nan, 1]]))
    let y = Tensor(Matrix([[1, .nan]]))
    for result in [
      x.relu(), x.leakyReLU(), x.tanh(), x.softplus(), x.sigmoid(), x.absoluteValue(),
      x.clamped(to: 0...1), x.maxMin(),
    ] { #expect(result.value.elements.contains { $0.isNaN }) }
    #expect(pointwiseMax(x, y).value.elements.allSatisfy { $0.isNaN })
    #expect(pointwiseMin(x, y).value.elements.allSatisfy { $0.isNaN })
    #expect(!x.value.isFinite)
  }
}
