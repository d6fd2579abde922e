import RealModule

extension Operation.Map {
  func value(_ x: Matrix) -> Matrix {
    switch self {
    case .scale(let factor): x.mapped { factor * $0 }
    case .shift(let summand): x.mapped { $0 + summand }
    case .power(let exponent): Self.power(x, exponent)
    case .square: x.mapped { $0 * $0 }
    case .squareRoot: x.mapped { $0.squareRoot() }
    case .reciprocal: x.mapped { 1 / $0 }
    case .exp: x.mapped { Double.exp($0) }
    case .log: x.mapped { Double.log($0) }
    case .tanh: x.mapped { Self.tanh($0) }
    case .sigmoid: x.mapped { Self.sigmoid($0) }
    // log(1 + eˣ) without overflow for large x.
    case .softplus: x.mapped { max($0, 0) + Double.log(onePlus: Double.exp(-abs($0))) }
    case .absolute: x.mapped { abs($0) }
    // "Not positive" rather than "positive" chooses the branch, so that NaN stays NaN.
    case .rectify(let slope):
      slope == 0 ? x.mapped { $0 <= 0 ? 0 : $0 } : x.mapped { $0 <= 0 ? slope * $0 : $0 }
    case .clamp(let low, let high): x.mapped { $0 < low ? low : $0 > high ? high : $0 }
    case .sign: x.mapped { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
    case .inside(let low, let high): x.mapped { $0 >= low && $0 <= high ? 1 : 0 }
    }
  }

  /// With a whole exponent the entries may be negative.
  private static func power(_ x: Matrix, _ exponent: Double) -> Matrix {
    if let whole = Int(exactly: exponent) { return x.mapped { Double.pow($0, whole) } }
    return x.mapped { Double.pow($0, exponent) }
  }

  /// 1/(1 + e⁻ˣ), without overflow for either sign.
  private static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + Double.exp(-x)) }
    let small = Double.exp(x)
    return small / (1 + small)
  }

  /// The hyperbolic tangent, faster than the system's and right to 2 units in the last place.
  ///
  /// A rational function near 0, the exponential elsewhere. Source: W. Cody and W. Waite, Software
  /// manual for the elementary functions, 1980, chapter 13; coefficients of S. Moshier's Cephes
  /// library, tanh.c.
  private static func tanh(_ x: Double) -> Double {
    if abs(x) < 0.625 {
      let z = x * x
      let p =
        (-9.64399179425052238628e-1 * z - 9.92877231001918586564e1) * z - 1.61468768441708447952e3
      let q =
        ((z + 1.12811678491632931402e2) * z + 2.23548839060100448583e3) * z
        + 4.84406305325125486048e3
      return x + x * (z * (p / q))
    }
    // NaN comes here, and stays.
    return Double(signOf: x, magnitudeOf: 1 - 2 / (Double.exp(2 * abs(x)) + 1))
  }
}
