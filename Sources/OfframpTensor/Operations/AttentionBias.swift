import COfframpKernels

/// What self-attention adds to its scores by the distance from a query to a key, in tokens.
package struct AttentionBias: Sendable {
    /// Times the square root of a head's width, as the kernel takes it: `[heads, distances]`.
    let table: Tensor
    /// The column of distance 0.
    let reach: Int

    /// The bias of each head at each distance.
    ///
    /// - Parameters:
    ///   - weights: `[buckets, heads]`.
    ///   - headWidth: columns of a head.
    ///   - longest: tokens of the longest text.
    ///   - bucket: the row of the weights for the distance of a query behind its key.
    package init(
        _ weights: Tensor, headWidth: Int, longest: Int, bucket: (_ distance: Int) -> Int
    ) {
        let heads = weights.columns
        let distances = 2 * longest + Int(OFFRAMP_BIAS_SLACK)
        let buckets = (0..<distances).map { bucket($0 - longest) }
        let scale = Float(headWidth).squareRoot()
        reach = longest
        table = Tensor(.matrix(heads, distances)) { values in
            for head in 0..<heads {
                for (column, bucket) in buckets.enumerated() {
                    values[head * distances + column] =
                        scale * weights.pointer[bucket * heads + head]
                }
            }
        }.recorded(from: weights) { gradient, sink in
            let sums = Tensor(weights.shape) { sums in
                sums.update(repeating: 0, count: weights.shape.count)
                for head in 0..<heads {
                    for (column, bucket) in buckets.enumerated() {
                        sums[bucket * heads + head] +=
                            scale * gradient.pointer[head * distances + column]
                    }
                }
            }
            sink.add(sums, to: weights)
        }
    }

    var kernel: offramp_attention_bias {
        offramp_attention_bias(values: table.pointer, reach: reach)
    }
}
