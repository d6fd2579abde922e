/// The shortest decimal that is read back as the same double.
func exactDecimal(_ value: Double) -> String {
  if value.magnitude < 1e15, value == Double(Int64(value)) { return "\(Int64(value))" }
  return "\(value)"
}

/// The decimal nearest to a value that fits into a number of characters, at least 8.
func decimal(_ value: Double, atMost width: Int) -> String {
  let exact = exactDecimal(value)
  guard exact.utf8.count > width else { return exact }
  for digits in stride(from: 16, to: 0, by: -1) {
    let text = scientific(value, digits: digits)
    if text.utf8.count <= width { return text }
  }
  return exact
}

/// A value as a number with so many digits, a whole one times a power of ten: `12345e-7`.
private func scientific(_ value: Double, digits: Int) -> String {
  let (all, exponent) = shortestDigits(of: value.magnitude)
  var kept = Array(all.prefix(digits))
  if all.count > digits, all[digits] >= 5 { increment(&kept) }
  let number = kept.map(String.init).joined()
  let power = exponent - kept.count + (kept.count > min(digits, all.count) ? 1 : 0)
  let sign = value < 0 ? "-" : ""
  if power < 0, -power < number.utf8.count {
    let point = number.index(number.endIndex, offsetBy: power)
    return sign + number[..<point] + "." + number[point...]
  }
  return sign + number + (power == 0 ? "" : "e\(power)")
}

/// Adds one to a row of decimal digits, which may become longer.
private func increment(_ digits: inout [Int]) {
  for place in digits.indices.reversed() {
    if digits[place] < 9 {
      digits[place] += 1
      return
    }
    digits[place] = 0
  }
  digits.insert(1, at: 0)
}

/// The digits d₁d₂… of the shortest decimal and the exponent e with value = 0.d₁d₂… · 10ᵉ.
private func shortestDigits(of value: Double) -> (digits: [Int], exponent: Int) {
  let parts = "\(value)".split(separator: "e")
  let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  var digits = mantissa.joined().compactMap(\.wholeNumberValue)
  var exponent = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  while digits.count > 1, digits[0] == 0 {
    digits.removeFirst()
    exponent -= 1
  }
  while digits.count > 1, digits.last == 0 { digits.removeLast() }
  return (digits, exponent)
}
