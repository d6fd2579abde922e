import Autodiff
import Testing

@Suite struct MatrixTests {
  /// Rows, inner size and columns; small ones, odd ones and one beyond OpenBLAS's block sizes.
  static let sizes = [(1, 1, 1), (1, 7, 3), (5, 1, 4), (3, 4, 2), (17, 33, 9), (130, 300, 70)]

  @Test(arguments: sizes)
  func productIsTheNaiveOne(_ rows: Int, _ inner: Int, _ columns: Int) {
    let a = Matrix.normal(rows, inner, seed: 1)
    let b = Matrix.normal(inner, columns, seed: 2)
    let product = a.product(with: b)
    for row in 0..<rows {
      for column in 0..<columns {
        let expected = (0..<inner).reduce(0.0) { $0 + a[row, $1] * b[$1, column] }
        // 300 products near 1, each rounded to 10⁻¹⁶.
        #expect(abs(product[row, column] - expected) < 1e-12)
      }
    }
  }

  @Test(arguments: sizes)
  func transpositionsAreReadInPlace(_ rows: Int, _ inner: Int, _ columns: Int) {
    let a = Matrix.normal(rows, inner, seed: 1)
    let b = Matrix.normal(inner, columns, seed: 2)
    let expected = a.product(with: b)
    let (first, second) = (Tensor(variable: a.transposed), Tensor(variable: b.transposed))
    let results = [
      first.transposed.matmul(Tensor(b)), Tensor(a).matmul(second.transposed),
      first.transposed.matmul(second.transposed),
    ]
    for result in results { #expect(largestError([result.value], [expected]) < 1e-12) }
  }

  @Test func transposing() {
    let a = Matrix.normal(19, 10, seed: 1)
    for row in 0..<19 {
      for column in 0..<10 { #expect(a.transposed[column, row] == a[row, column]) }
    }
    #expect(a.transposed.transposed == a)
    #expect(Tensor(variable: a).transposed.value == a.transposed)
    #expect(Tensor(a).transposed.transposed.value == a)
  }

  /// The eigenvalues of WᵀW are the squared singular values: their sum is the trace of WᵀW, the sum
  /// of their squares that of (WᵀW)², and power iteration finds the largest.
  @Test(arguments: [(1, 1), (6, 3), (3, 6), (40, 40)])
  func singularValuesAreRootsOfEigenvalues(_ rows: Int, _ columns: Int) {
    let w = Matrix.normal(rows, columns, seed: 4)
    let values = w.singularValues()
    #expect(values.count == min(rows, columns))
    #expect(values == values.sorted(by: >) && values.allSatisfy { $0 >= 0 })

    let gram = w.transposed.product(with: w)
    func trace(_ m: Matrix) -> Double { (0..<m.rows).reduce(0) { $0 + m[$1, $1] } }
    let squares = values.map { $0 * $0 }
    let fourths = squares.map { $0 * $0 }
    #expect(abs(squares.reduce(0, +) / trace(gram) - 1) < 1e-12)
    #expect(abs(fourths.reduce(0, +) / trace(gram.product(with: gram)) - 1) < 1e-12)

    // (WᵀW)^4096 by squaring: its largest eigenvalue leaves the others behind.
    var power = gram
    var logarithm = 0.0
    for _ in 0..<12 {
      let scale = trace(power)
      logarithm = 2 * (logarithm + Tensor(scale).log().scalar)
      let scaled = Matrix(
        rows: columns, columns: columns, elements: power.elements.map { $0 / scale })
      power = scaled.product(with: scaled)
    }
    let largest = (Tensor(logarithm + Tensor(trace(power)).log().scalar) / 8192).exp().scalar
    // ln(40)/8192 if all were equal; 10⁻⁶ because the second value of the seed is well below.
    #expect(abs(largest / w.largestSingularValue() - 1) < 1e-6)
  }

  @Test func singularValuesOfKnownMatrices() {
    let diagonal = Matrix([[0, -3, 0], [2, 0, 0], [0, 0, 0]])
    #expect(zip(diagonal.singularValues(), [3, 2, 0]).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(Matrix(rows: 4, columns: 2).largestSingularValue() == 0)
  }

  @Test func normalSamples() {
    let samples = Matrix.normal(301, 333, seed: 5).elements
    let count = Double(samples.count)
    let moments = (1...4).map { power in
      samples.reduce(0) { $0 + Tensor($1).power(Double(power)).scalar } / count
    }
    // Five standard errors of each: √(1, 2, 15, 96)/√100233.
    #expect(abs(moments[0]) < 0.016 && abs(moments[1] - 1) < 0.023)
    #expect(abs(moments[2]) < 0.062 && abs(moments[3] - 3) < 0.155)
    #expect(samples.allSatisfy { $0.isFinite })
  }

  /// What is kept for the next matrices has a bound: here 192 MiB come out of use at once.
  @Test func storageThatIsKeptIsBounded() {
    func use() { _ = (0..<24).map { Matrix(rows: 1024, columns: 1024, repeating: Double($0)) } }
    use()
    #expect(ArrayPool.shared.entryCount <= ArrayPool.greatestTotal)
  }

  /// A matrix may get storage that holds the entries of another; every one is written.
  @Test func storageThatIsUsedAgainIsOverwritten() {
    let (x, w) = (Matrix.normal(64, 64, seed: 1), Matrix.normal(64, 64, seed: 2))
    let shape = Shape(rows: 64, columns: 64)
    let operations: [(Tensor, Tensor) -> Tensor] = [
      { $0.matmul($1) }, { $0 + $1 }, { $0.affine($1, bias: Tensor(Matrix(rows: 1, columns: 64))) },
      { a, _ in a.transposed * 1 }, { a, _ in a.maxMin() }, { a, _ in a.rows(at: Array(0..<64)) },
      { a, _ in a.addingRows(to: Array(repeating: 0, count: 64), rowCount: 64) },
      { a, _ in a.rowSums().broadcast(to: shape) }, { a, _ in a.columnSums().broadcast(to: shape) },
      { a, _ in a.addingEntries(to: Array(0..<4096), of: shape) },
      { a, b in .stackedRows([a.rows(0..<32), b.rows(0..<32)]) },
      { a, b in .stackedColumns([a.columns(0..<32), b.columns(0..<32)]) },
    ]
    for operation in operations {
      for _ in 0..<8 { _ = Matrix(rows: 64, columns: 64, repeating: .nan) }
      #expect(operation(Tensor(x), Tensor(w)).value.isFinite)
    }
  }

  @Test(arguments: [(1, 1), (5, 5), (3, 40), (40, 3), (64, 64)])
  func orthonormalMatrices(_ rows: Int, _ columns: Int) {
    var generator = SplitMix64(state: 6)
    let w = Matrix.orthonormal(rows: rows, columns: columns, using: &generator)
    #expect(w.rows == rows && w.columns == columns)
    // Sums of 64 products, orthogonal up to rounding.
    #expect(w.singularValues().allSatisfy { abs($0 - 1) < 1e-13 })
  }

  @Test func arithmetic() {
    let m = Matrix([[1, 2], [3, 4]])
    #expect(m + Matrix([[10, 20]]) == Matrix([[11, 22], [13, 24]]))
    #expect(m - m == Matrix(rows: 2, columns: 2))
    #expect(2 * m == Matrix([[2, 4], [6, 8]]))
    #expect(m.rows(at: [1, 1, 0]) == Matrix([[3, 4], [3, 4], [1, 2]]))
  }

  @Test func descriptions() {
    #expect("\(Matrix([[3, 4], [5, 6]]))" == "2 × 2 [[3.0, 4.0], [5.0, 6.0]]")
    let long = "[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …]"
    #expect("\(Matrix(rows: 1, columns: 9))" == "1 × 9 [\(long)]")
    #expect("\(Matrix(rows: 9, columns: 1))".hasSuffix("[0.0], …]"))
  }

  @Test func theSameSeedIsTheSameBits() {
    #expect(Matrix.normal(7, 3, seed: 9) == Matrix.normal(7, 3, seed: 9))
    #expect(Matrix.normal(7, 3, seed: 9) != Matrix.normal(7, 3, seed: 10))
    var (a, b) = (SplitMix64(state: 1), SplitMix64(state: 1))
    let uniform = Matrix.uniform(rows: 50, columns: 40, using: &a)
    #expect(uniform == Matrix.uniform(rows: 50, columns: 40, using: &b))
    #expect(uniform.elements.allSatisfy { $0 >= 0 && $0 < 1 })
  }

  @Test func copiesAreIndependent() {
    let original = Matrix.normal(40, 50, seed: 1)
    var copy = original
    copy[3, 4] = 100
    #expect(original[3, 4] == Matrix.normal(40, 50, seed: 1)[3, 4] && copy[3, 4] == 100)
    #expect(original != copy)
    #expect(Set([original, copy, original]).count == 2)
  }

  /// The storage of a matrix is used again; an array that was taken from it must not notice.
  @Test func entriesOutliveTheirMatrix() {
    let entries = Matrix.normal(64, 64, seed: 1).elements
    for seed in 2..<10 as Range<UInt64> { _ = Matrix.normal(64, 64, seed: seed) }
    let later = (0..<4).map { Matrix(rows: 64, columns: 64, repeating: Double($0)) }
    #expect(entries == Matrix.normal(64, 64, seed: 1).elements)
    #expect(
      later.enumerated().allSatisfy { number, matrix in
        matrix.elements.allSatisfy { $0 == Double(number) }
      })
  }
}
