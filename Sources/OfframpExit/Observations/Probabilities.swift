import Glibc

/// Row-wise softmax(z / T) of `[rows, columns]`.
///
/// The largest logit is subtracted before the division, so that neither huge logits nor a small
/// temperature overflow. A row with a NaN or a positive infinity becomes NaN throughout.
package func softmax(rows logits: [Float], columns: Int, temperature: Float) -> [Float] {
    var result = logits
    for start in stride(from: 0, to: logits.count, by: columns) {
        let shifted = shiftedLogits(logits[start..<start + columns], temperature: temperature)
        let total = shifted.reduce(0) { $0 + exp($1) }
        for column in 0..<columns { result[start + column] = exp(shifted[column]) / total }
    }
    return result
}

/// ln softmax(z / T) of one row, which stays finite where the probability itself becomes 0.
func logSoftmax(_ logits: ArraySlice<Float>, temperature: Float) -> [Float] {
    let shifted = shiftedLogits(logits, temperature: temperature)
    let logTotal = log(shifted.reduce(0) { $0 + exp($1) })
    return shifted.map { $0 - logTotal }
}

/// Entropy in nats; p = 0 counts 0, its limit, and not the NaN of 0 times minus infinity.
func entropy(_ probabilities: some Sequence<Float>) -> Float {
    -probabilities.reduce(0) { $1 == 0 ? $0 : $0 + $1 * log($1) }
}

/// The index of the largest element, the first of equals; 0 if all are NaN or there are none.
func argmax(_ row: ArraySlice<Float>) -> Int {
    var best = row.startIndex
    for index in row.indices where row[index] > row[best] { best = index }
    return best - row.startIndex
}

/// How far the largest element is ahead of the second; a single one is its own lead.
func lead(_ row: some Sequence<Float>) -> Float {
    let largest = row.sorted(by: >).prefix(2)
    return largest.count == 2 ? largest[0] - largest[1] : largest.first ?? .nan
}

private func shiftedLogits(_ logits: ArraySlice<Float>, temperature: Float) -> [Float] {
    let largest = logits.max() ?? 0
    return logits.map { ($0 - largest) / temperature }
}
