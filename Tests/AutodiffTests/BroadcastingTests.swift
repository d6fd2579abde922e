import Autodiff
import Testing

@Suite struct BroadcastingTests {
  private static let full = Matrix([[1, 2, 3], [4, 5, 6]])
  private static let row = Matrix([[10, 20, 30]])
  private static let column = Matrix([[100], [200]])

  @Test func rowsColumnsAndNumbersAreRepeated() {
    let (full, row, column) = (Tensor(Self.full), Tensor(Self.row), Tensor(Self.column))
    #expect((full + row).value == Matrix([[11, 22, 33], [14, 25, 36]]))
    #expect((row - full).value == Matrix([[9, 18, 27], [6, 15, 24]]))
    #expect((full + column).value == Matrix([[101, 102, 103], [204, 205, 206]]))
    #expect((column - full).value == Matrix([[99, 98, 97], [196, 195, 194]]))
    #expect((row + column).value == Matrix([[110, 120, 130], [210, 220, 230]]))
    #expect((column + row).value == (row + column).value)
    #expect((full * Tensor(2)).value == (2 * full).value)
    #expect((Tensor(2) - full).value == (2 - full).value)
    #expect((row * Tensor(2)).value == Matrix([[20, 40, 60]]))
    #expect((column * Tensor(2)).value == Matrix([[200], [400]]))
  }

  @Test func derivativesAreSummedOverRepetitions() {
    let inputs = [Self.row, Self.column].map { Tensor(variable: $0) }
    let slopes = gradient(
      of: (inputs[0] * inputs[1] * Tensor(Self.full)).sum(), withRespectTo: inputs)
    #expect(slopes[0] == Matrix([[100 + 800, 200 + 1000, 300 + 1200]]))
    #expect(slopes[1] == Matrix([[10 + 40 + 90], [40 + 100 + 180]]))
  }

  @Test func aMismatchNamesBothShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(Matrix(rows: 2, columns: 3)) + Tensor(Matrix(rows: 3, columns: 3))
    }
    expect(result, says: "Cannot add 2 × 3 and 3 × 3")
  }

  @Test func aProductThatDoesNotFitNamesBothShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(Matrix(rows: 2, columns: 3)).matmul(Tensor(Matrix(rows: 2, columns: 4)))
    }
    expect(result, says: "Cannot multiply 2 × 3 by 2 × 4")
  }

  @Test func theGradientOfManyNumbersIsRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor(variable: Matrix(rows: 2, columns: 3))
      _ = gradient(of: x * x, withRespectTo: [x])
    }
    expect(result, says: "2 × 3")
  }

  @Test func theGradientOfAConstantIsRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor(3)
      _ = gradient(of: x * x, withRespectTo: [x])
    }
    expect(result, says: "make it a variable")
  }

  /// A release build of the standard library stops without the sentence.
  private func expect(_ result: ExitTest.Result?, says sentence: String) {
    #if DEBUG
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(sentence))
    #endif
  }
}
