// The README's example: two histograms of seven bins, their distances, and the certificate.
//
//     swift run seven-bins

import OptimalTransport

let p = try Histogram([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1])
let q = try Histogram([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4])
let distance = try earthMoversDistance(from: p, to: q)  // 0.9
let root = try p.wassersteinDistance(to: q, order: 2)  // √1.3
let divergence = try p.klDivergence(from: q)  // 0.4 log 2

let problem = try TransportProblem(from: p, to: q)
let solution = try AutomaticSolver().solve(problem)
let certificate = solution.certificate(for: problem)

/// Six decimals, which every machine prints alike.
func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

print("W₁ \(rounded(distance)), W₂ \(rounded(root)), KL \(rounded(divergence))")
print("plan \(rounded(certificate.primal)), potentials \(rounded(certificate.dual))")
print(certificate.holds ? "certificate holds" : "certificate does not hold")
