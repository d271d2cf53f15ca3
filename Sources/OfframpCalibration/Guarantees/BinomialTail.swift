import Glibc

/// The probability of at most `successes` in `trials` draws that succeed with `chance` each.
///
/// The terms are summed from the largest downwards, so that the result has the precision of a double for any
/// number of trials.
///
/// - Parameter chance: between 0 and 1, both excluded.
func binomialTail(_ successes: Int, of trials: Int, chance: Double) -> Double {
    guard successes >= 0 else { return 0 }
    guard successes < trials else { return 1 }
    // Each term follows from the one above it, down from that of `successes`, or of the most probable count
    // where that is smaller.
    let mode = min(successes, Int(Double(trials + 1) * chance))
    let odds = chance / (1 - chance)
    let largest = exp(logTerm(mode, of: trials, chance: chance))
    var total = largest
    var term = largest
    for count in stride(from: mode, to: 0, by: -1) where term > 0 {
        term *= Double(count) / (Double(trials - count + 1) * odds)
        total += term
    }
    term = largest
    for count in mode..<successes {
        term *= Double(trials - count) / Double(count + 1) * odds
        total += term
    }
    return min(total, 1)
}

private func logTerm(_ successes: Int, of trials: Int, chance: Double) -> Double {
    let (k, n) = (Double(successes), Double(trials))
    let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return ways + k * log(chance) + (n - k) * log1p(-chance)
}
