import COfframpKernels
import Glibc

/// Packed texts with their queries, keys and values, and the plain loops that attention is compared with.
struct AttentionCase {
    let lengths: [Int]
    let heads, dimension: Int
    let qkv: [Float]
    var dropout: Float = 0
    var seed: UInt64 = 0
    var format = OFFRAMP_PRODUCT_FLOAT32
    var path = offramp_best_path()
    /// Added to the scores of each head by distance; empty for none.
    var bias: [Float] = []

    var width: Int { heads * dimension }
    var tokens: Int { lengths.reduce(0, +) }
    var starts: [Int32] { lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1)) } }
    /// Beyond the longest text, as for texts of which some have left.
    var reach: Int { (lengths.max() ?? 0) + 2 }
    var distances: Int { 2 * reach + Int(OFFRAMP_BIAS_SLACK) }
    var kept: Int { heads * lengths.reduce(0) { $0 + $1 * $1 } }

    init(lengths: [Int], heads: Int, dimension: Int, factor: Float = 1) {
        self.lengths = lengths
        self.heads = heads
        self.dimension = dimension
        let count = lengths.reduce(0, +) * 3 * heads * dimension
        qkv = MatrixReference.floats(count, seed: 1, factor: factor)
    }

    /// The same texts with other numbers.
    init(_ other: AttentionCase, qkv: [Float]) {
        lengths = other.lengths
        heads = other.heads
        dimension = other.dimension
        self.qkv = qkv
    }

    /// All heads at once, or in several calls.
    func run(inParts ends: [Int]? = nil) -> (y: [Float], probabilities: [Float]) {
        var y = [Float](repeating: .nan, count: tokens * width)
        var probabilities = [Float](repeating: .nan, count: kept)
        let ends = ends ?? [heads]
        for (first, end) in zip([0] + ends, ends) {
            withScratch(offramp_attention_scratch) {
                attend(first..<end, &y, &probabilities, $0)
            }
        }
        return (y, probabilities)
    }

    func runWithoutKeeping() -> [Float] {
        var y = [Float](repeating: .nan, count: tokens * width)
        withScratch(offramp_attention_scratch) {
            attend(0..<heads, &y, nil, $0)
        }
        return y
    }

    private func attend(
        _ heads: Range<Int>, _ y: UnsafeMutablePointer<Float>,
        _ probabilities: UnsafeMutablePointer<Float>?, _ scratch: UnsafeMutableRawPointer
    ) {
        bias.withUnsafeBufferPointer { bias in
            let added = offramp_attention_bias(
                values: bias.isEmpty ? nil : bias.baseAddress, reach: reach)
            offramp_attention(
                path, format, lengths.count, starts, width, self.heads, heads.lowerBound,
                heads.upperBound, qkv, added, dropout, seed, y, probabilities, scratch)
        }
    }

    func gradient(dy: [Float], probabilities: [Float]) -> [Float] {
        gradients(dy: dy, probabilities: probabilities).qkv
    }

    func gradients(dy: [Float], probabilities: [Float]) -> (qkv: [Float], bias: [Float]) {
        var dqkv = [Float](repeating: .nan, count: qkv.count)
        var dbias = [Float](repeating: 0, count: heads * distances)
        withScratch(offramp_attention_gradient_scratch) {
            offramp_attention_gradient(
                path, lengths.count, starts, width, heads, dy, qkv, probabilities, dropout, seed,
                &dqkv, &dbias, reach, $0)
        }
        return (dqkv, dbias)
    }

    /// Scratch of exactly the promised size, filled with values that must not matter.
    private func withScratch(
        _ size: (Int, Int, Int) -> Int, _ body: (UnsafeMutableRawPointer) -> Void
    ) {
        let bytes = size(lengths.max() ?? 0, width, heads)
        let scratch = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        defer { scratch.deallocate() }
        memset(scratch, 0xff, bytes)
        body(scratch)
    }
}

extension AttentionCase {
    /// The factor by which dropout multiplies each probability, by index.
    var dropoutFactors: [Double] {
        let ones = [Float](repeating: 1, count: kept)
        var factors = ones
        offramp_dropout(kept, dropout, seed, ones, &factors)
        return factors.map(Double.init)
    }

    /// Softmax((q k + bias) / sqrt(dimension)) v by plain loops, from any queries, keys and values.
    func expected(
        _ qkv: [Double], bias other: [Double]? = nil
    ) -> (y: [Double], probabilities: [Double]) {
        let bias = other ?? bias.map(Double.init)
        var y = [Double](repeating: 0, count: tokens * width)
        var probabilities: [Double] = []
        let factors = dropoutFactors
        for (text, length) in lengths.enumerated() {
            for head in 0..<heads {
                for query in 0..<length {
                    let first = Int(starts[text])
                    let row = weights(qkv, bias, head, first + query, first..<first + length)
                    for (key, weight) in row.enumerated() {
                        let factor = factors[probabilities.count + key] * weight
                        for c in head * dimension..<(head + 1) * dimension {
                            let value = qkv[(first + key) * 3 * width + 2 * width + c]
                            y[(first + query) * width + c] += factor * value
                        }
                    }
                    probabilities += row
                }
            }
        }
        return (y, probabilities)
    }

    private func weights(
        _ qkv: [Double], _ bias: [Double], _ head: Int, _ query: Int, _ keys: Range<Int>
    ) -> [Double] {
        let scores = keys.map { key in
            let added = bias.isEmpty ? 0 : bias[head * distances + reach + query - key]
            let product = (head * dimension..<(head + 1) * dimension).reduce(0.0) { sum, c in
                sum + qkv[query * 3 * width + c] * qkv[key * 3 * width + width + c]
            }
            return (product + added) / Double(dimension).squareRoot()
        }
        let maximum = scores.reduce(-.infinity, max)
        let total = scores.reduce(0) { $0 + exp($1 - maximum) }
        return scores.map { exp($0 - maximum) / total }
    }
}

extension Float {
    /// The nearest number whose lower 16 bits are 0; ties go to the even one.
    var roundedToBFloat16: Float {
        let down = Float(bitPattern: bitPattern & 0xFFFF_0000)
        let up = Float(bitPattern: (bitPattern & 0xFFFF_0000) + 0x1_0000)
        let (below, above) = (abs(self - down), abs(up - self))
        if below == above { return down.bitPattern & 0x1_0000 == 0 ? down : up }
        return below < above ? down : up
    }
}
