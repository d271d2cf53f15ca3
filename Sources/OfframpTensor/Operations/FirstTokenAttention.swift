import COfframpKernels
import Glibc

extension Tensor {
    /// Multi-head scaled dot-product attention of one query for each text to all of its tokens: what
    /// self-attention gives at the first token, without the work for the others.
    ///
    /// This tensor holds the queries, `[texts, width]`.
    ///
    /// - Parameter keysAndValues: side by side, `[tokens, 2 · width]`.
    /// - Returns: `[texts, width]`, the heads side by side.
    package func attention(
        to keysAndValues: Tensor, _ texts: TextRanges, heads: Int, dropout: inout Dropout
    ) -> Tensor {
        precondition(keysAndValues.columns == 2 * columns && columns % heads == 0)
        precondition(texts.count == rows && texts.tokens == keysAndValues.rows)
        let drop = AttentionDropout(probability: dropout.attention, seed: dropout.nextSeed())
        let attention = FirstTokenAttention(
            queries: self, keysAndValues: keysAndValues, texts: texts, heads: heads)
        let probabilities = attention.probabilities()
        let kept = drop(probabilities)
        return attention.mixture(kept).recorded(from: self, keysAndValues) { gradient, sink in
            let gradients = attention.gradients(gradient, probabilities, kept, drop)
            sink.add(gradients.queries, to: self)
            sink.add(gradients.keysAndValues, to: keysAndValues)
        }
    }
}

/// Dropout of attention probabilities, the same ones every time.
private struct AttentionDropout: Sendable {
    let probability: Float
    let seed: UInt64

    func callAsFunction(_ x: Tensor) -> Tensor {
        guard probability > 0 else { return x }
        return Tensor(x.shape) { offramp_dropout(x.shape.count, probability, seed, x.pointer, $0) }
    }
}

private struct FirstTokenAttention: Sendable {
    let queries: Tensor
    let keysAndValues: Tensor
    let texts: TextRanges
    let heads: Int

    private var width: Int { queries.columns }
    private var headWidth: Int { width / heads }
    private var scale: Float { 1 / Float(headWidth).squareRoot() }

    /// The softmax over each text's tokens, `[tokens, heads]`.
    func probabilities() -> Tensor {
        Tensor(.matrix(texts.tokens, heads)) { result in
            forEachHead { text, head in
                let query = queries.pointer + text * width + head * headWidth
                var largest = -Float.infinity
                for token in texts[text] {
                    let score = scale * dot(query, key(token, head))
                    result[token * heads + head] = score
                    largest = max(largest, score)
                }
                var total: Float = 0
                for token in texts[text] {
                    let power = exp(result[token * heads + head] - largest)
                    result[token * heads + head] = power
                    total += power
                }
                for token in texts[text] { result[token * heads + head] /= total }
            }
        }
    }

    /// The values, weighted by probabilities, `[texts, width]`.
    func mixture(_ probabilities: Tensor) -> Tensor {
        Tensor(.matrix(texts.count, width)) { result in
            result.update(repeating: 0, count: texts.count * width)
            forEachHead { text, head in
                for token in texts[text] {
                    add(
                        probabilities.pointer[token * heads + head], value(token, head),
                        to: result + text * width + head * headWidth)
                }
            }
        }
    }

    func gradients(
        _ gradient: Tensor, _ probabilities: Tensor, _ kept: Tensor, _ drop: AttentionDropout
    ) -> (queries: Tensor, keysAndValues: Tensor) {
        let ofKept = Tensor(probabilities.shape) { result in
            forEachHead { text, head in
                let own = gradient.pointer + text * width + head * headWidth
                for token in texts[text] {
                    result[token * heads + head] = dot(own, value(token, head))
                }
            }
        }
        let slopes = slopes(probabilities, drop(ofKept))
        let ofQueries = Tensor(queries.shape) { result in
            result.update(repeating: 0, count: texts.count * width)
            forEachHead { text, head in
                let place = result + (text * width + head * headWidth)
                for token in texts[text] {
                    add(slopes.pointer[token * heads + head], key(token, head), to: place)
                }
            }
        }
        let ofTokens = Tensor(keysAndValues.shape) { result in
            result.update(repeating: 0, count: texts.tokens * 2 * width)
            forEachHead { text, head in
                let start: Int = text * width + head * headWidth
                for token in texts[text] {
                    let (index, place) = (token * heads + head, result + offset(token, head))
                    add(slopes.pointer[index], queries.pointer + start, to: place)
                    add(kept.pointer[index], gradient.pointer + start, to: place + width)
                }
            }
        }
        return (ofQueries, ofTokens)
    }

    /// The gradient of the scores before the softmax and the scale, `[tokens, heads]`.
    private func slopes(_ probabilities: Tensor, _ gradient: Tensor) -> Tensor {
        Tensor(probabilities.shape) { result in
            forEachHead { text, head in
                var mean: Float = 0
                for token in texts[text] {
                    let index = token * heads + head
                    mean += probabilities.pointer[index] * gradient.pointer[index]
                }
                for token in texts[text] {
                    let index = token * heads + head
                    let difference: Float = gradient.pointer[index] - mean
                    result[index] = scale * probabilities.pointer[index] * difference
                }
            }
        }
    }

    private func forEachHead(_ body: (_ text: Int, _ head: Int) -> Void) {
        for text in 0..<texts.count {
            for head in 0..<heads { body(text, head) }
        }
    }

    private func offset(_ token: Int, _ head: Int) -> Int { token * 2 * width + head * headWidth }

    private func key(_ token: Int, _ head: Int) -> UnsafePointer<Float> {
        keysAndValues.pointer + offset(token, head)
    }

    private func value(_ token: Int, _ head: Int) -> UnsafePointer<Float> {
        key(token, head) + width
    }

    private func dot(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>) -> Float {
        var sum: Float = 0
        for column in 0..<headWidth { sum += first[column] * second[column] }
        return sum
    }

    private func add(
        _ factor: Float, _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
    ) {
        for column in 0..<headWidth { target[column] += factor * source[column] }
    }
}
