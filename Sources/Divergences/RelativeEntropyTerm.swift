import RealModule

/// p log(p/q) − p + q for p, q > 0: not negative, and 0 only for p = q.
///
/// Nearly equal masses are told apart: p − q is exact for p/q between ½ and 2, and what remains of
/// y − log(1 + y) for small y is summed as a series.
func relativeEntropyTerm(_ p: Double, _ q: Double) -> Double {
  guard p <= 2 * q, q <= 2 * p else { return p * logarithm(of: p, over: q) - p + q }
  let y = (q - p) / p
  return p * (abs(y) < 0x1p-7 ? smallExcess(y) : y - Double.log(onePlus: y))
}

/// log(p/q), for masses so different that p/q is no normal double as well.
func logarithm(of p: Double, over q: Double) -> Double {
  if p <= 2 * q, q <= 2 * p { return Double.log(onePlus: (p - q) / q) }
  let ratio = p / q
  return ratio.isNormal ? Double.log(ratio) : Double.log(p) - Double.log(q)
}

/// y − log(1 + y) = y²/2 − y³/3 + y⁴/4 − … for |y| < 2⁻⁷, where nine terms are enough.
private func smallExcess(_ y: Double) -> Double {
  var sum = 0.0
  for power in stride(from: 10.0, through: 2, by: -1) { sum = 1 / power - y * sum }
  return y * y * sum
}

/// log 2.
let logarithmOfTwo = 0.693_147_180_559_945_3
