import COfframpKernels
import Testing

@Suite struct AttentionKernelTests {
    static let shapes = [
        ([], 2, 3), ([0], 1, 1), ([1], 1, 1), ([5, 0, 1], 3, 7), ([16, 17], 2, 16),
        ([25, 3], 12, 32), ([33], 1, 33), ([4, 31], 2, 64), ([130], 1, 20),
    ].map { AttentionShape(lengths: $0.0, heads: $0.1, dimension: $0.2) }

    @Test(arguments: shapes)
    func `equals plain loops on every path, with and without dropout`(shape: AttentionShape) {
        for attention in shape.attentions() {
            let found = attention.run()
            let expected = attention.expected(attention.qkv.map(Double.init))
            #expect(MatrixReference.largestError(found.y, expected.y) < 3e-6)
            #expect(
                MatrixReference.largestError(found.probabilities, expected.probabilities) < 1e-6)
            #expect(attention.runWithoutKeeping() == found.y)
        }
    }

    @Test(arguments: shapes)
    func `in bfloat16 equals plain loops over rounded queries, keys and values on every path`(
        shape: AttentionShape
    ) {
        for attention in shape.attentions(in: OFFRAMP_PRODUCT_BFLOAT16) {
            let found = attention.run()
            let expected = attention.expected(attention.qkv.map { Double($0.roundedToBFloat16) })
            // Probabilities are rounded too, by up to one part in 256.
            let largest = Double(attention.qkv.reduce(0) { max($0, abs($1)) })
            let tolerance = largest / Double(1 - attention.dropout) / 256
            #expect(MatrixReference.largestError(found.y, expected.y) <= tolerance)
            #expect(
                MatrixReference.largestError(found.probabilities, expected.probabilities) < 1e-6)
            #expect(attention.runWithoutKeeping() == found.y)
        }
    }

    @Test(
        arguments: [([3, 0, 1], 2, 3), ([5], 1, 16), ([18], 2, 2)].map {
            AttentionShape(lengths: $0.0, heads: $0.1, dimension: $0.2)
        })
    func `the gradient equals central differences on every path, with and without dropout`(
        shape: AttentionShape
    ) {
        for dropout in [0, 0.3] as [Float] {
            var attention = shape.attention(dropout: dropout)
            let dy = MatrixReference.floats(attention.tokens * attention.width, seed: 2)
            let expected = NumericalGradient.of(attention.qkv, dy) { attention.expected($0).y }
            for path in MatrixReference.paths {
                attention.path = path
                let found = attention.gradient(dy: dy, probabilities: attention.run().probabilities)
                #expect(MatrixReference.largestError(found, expected) < 5e-6)
            }
        }
    }

    @Test(arguments: shapes)
    func `the gradient of long texts and whole vectors adds up along random directions`(
        shape: AttentionShape
    ) {
        var attention = shape.attention(dropout: 0.2)
        let dy = MatrixReference.floats(attention.tokens * attention.width, seed: 3)
        let direction = MatrixReference.floats(attention.qkv.count, seed: 4)
        let slope = NumericalGradient.of([0]) { step in
            let moved = zip(attention.qkv, direction).map { Double($0) + step[0] * Double($1) }
            return zip(dy, attention.expected(moved).y).reduce(0) { $0 + Double($1.0) * $1.1 }
        }[0]
        for path in MatrixReference.paths {
            attention.path = path
            let found = attention.gradient(dy: dy, probabilities: attention.run().probabilities)
            let product = zip(found, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            #expect(abs(product - slope) < 1e-4 * max(1, abs(slope)))
        }
    }

    @Test(arguments: shapes)
    func `a bias by distance is added to the scores, and has a gradient`(shape: AttentionShape) {
        for var attention in shape.attentions() {
            attention.bias = MatrixReference.floats(
                attention.heads * attention.distances, seed: 6)
            let found = attention.run()
            let qkv = attention.qkv.map(Double.init)
            let expected = attention.expected(qkv)
            #expect(MatrixReference.largestError(found.y, expected.y) < 3e-6)
            let dy = MatrixReference.floats(attention.tokens * attention.width, seed: 7)
            let direction = MatrixReference.floats(attention.bias.count, seed: 8)
            let slope = NumericalGradient.of([0]) { step in
                let moved = zip(attention.bias, direction).map { Double($0) + step[0] * Double($1) }
                return zip(dy, attention.expected(qkv, bias: moved).y).reduce(0) {
                    $0 + Double($1.0) * $1.1
                }
            }[0]
            let gradient = attention.gradients(dy: dy, probabilities: found.probabilities).bias
            let product = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            #expect(abs(product - slope) < 1e-4 * max(1, abs(slope)))
        }
    }

    @Test(arguments: [false, true])
    func `a text's rows are the same to the bit alone and among others`(rounded: Bool) {
        let lengths = [7, 25, 60, 16, 1]
        var packed = AttentionCase(lengths: lengths, heads: 3, dimension: 32)
        packed.format = rounded ? OFFRAMP_PRODUCT_BFLOAT16 : OFFRAMP_PRODUCT_FLOAT32
        let y = packed.run().y
        for (text, length) in lengths.enumerated() {
            let first = Int(packed.starts[text])
            let rows = first * 3 * packed.width..<(first + length) * 3 * packed.width
            var alone = AttentionCase(
                AttentionCase(lengths: [length], heads: 3, dimension: 32),
                qkv: Array(packed.qkv[rows]))
            alone.format = packed.format
            let own = y[first * packed.width..<(first + length) * packed.width]
            #expect(alone.run().y == Array(own))
        }
    }

    @Test func `heads done in parts are the same to the bit as all at once`() {
        let shape = AttentionShape(lengths: [5, 0, 17, 1], heads: 5, dimension: 7)
        let attention = shape.attention(dropout: 0.2)
        let whole = attention.run()
        for ends in [[1, 2, 3, 4, 5], [2, 5], [0, 4, 4, 5]] {
            let parts = attention.run(inParts: ends)
            #expect(parts.y == whole.y)
            #expect(parts.probabilities == whole.probabilities)
        }
    }

    @Test func `huge scores choose one key and overflow nowhere`() {
        let attention = AttentionCase(lengths: [20, 3], heads: 2, dimension: 16, factor: 1e4)
        let found = attention.run()
        let expected = attention.expected(attention.qkv.map(Double.init))
        #expect(MatrixReference.largestError(found.probabilities, expected.probabilities) < 1e-4)
        let zeros = [Float](repeating: 0, count: found.y.count)
        let gradient = attention.gradient(dy: zeros, probabilities: found.probabilities)
        #expect(gradient.allSatisfy { $0 == 0 })
    }

    @Test func `equal tokens get equal probabilities`() {
        let attention = AttentionCase(
            AttentionCase(lengths: [20], heads: 1, dimension: 8),
            qkv: [Float](repeating: 0.5, count: 20 * 24))
        let found = attention.run()
        #expect(found.probabilities.allSatisfy { abs($0 - 0.05) < 1e-7 })
        #expect(found.y.allSatisfy { abs($0 - 0.5) < 1e-6 })
    }
}

struct AttentionShape: CustomTestStringConvertible, Sendable {
    let lengths: [Int]
    let heads, dimension: Int

    var testDescription: String { "\(lengths) tokens, \(heads) heads of \(dimension)" }

    func attention(dropout: Float) -> AttentionCase {
        var attention = AttentionCase(
            lengths: lengths, heads: heads, dimension: dimension, factor: 2)
        attention.dropout = dropout
        attention.seed = 99
        return attention
    }

    /// On every path, with and without dropout.
    func attentions(in format: offramp_product_format = OFFRAMP_PRODUCT_FLOAT32) -> [AttentionCase]
    {
        MatrixReference.paths.flatMap { path in
            [0, 0.3 as Float].map { dropout in
                var attention = attention(dropout: dropout)
                attention.path = path
                attention.format = format
                return attention
            }
        }
    }
}
