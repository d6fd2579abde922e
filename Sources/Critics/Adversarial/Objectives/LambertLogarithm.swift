import Autodiff
import RealModule

let logarithmOfTwo = Double.log(2)

/// The s with s + eˢ = y, entry by entry: the logarithm of Lambert's W of eʸ.
///
/// The root is found in plain numbers. Two more of Newton's steps, recorded, give it its derivatives: each step
/// doubles the order to which they are right, so that the first three are.
func logarithmOfLambert(ofExponential y: Tensor) -> Tensor {
  let roots = y.value.elements.map(logarithmOfLambert(ofExponential:))
  var s = Tensor(Matrix(rows: y.shape.rows, columns: y.shape.columns, elements: roots))
  for _ in 0..<2 {
    let exponential = s.exp()
    s = s - (s + exponential - y) / (1 + exponential)
  }
  return s
}

private func logarithmOfLambert(ofExponential y: Double) -> Double {
  // s = y is above the root for every y; log y is above it too for y ≥ 1, and nearer.
  var s = y > 1 ? Double.log(y) : y
  for _ in 0..<60 {
    let exponential = Double.exp(s)
    let step = (s + exponential - y) / (1 + exponential)
    s -= step
    if abs(step) <= s.ulp { break }
  }
  return s
}
