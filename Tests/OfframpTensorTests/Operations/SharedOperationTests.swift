import OfframpTensor
import Testing

@Suite struct SharedOperationTests {
    /// Too few to share, odd numbers, and more than a kernel takes at a time.
    private static let rows = [1, 2, 7, 8, 13, 25, 61, 150]

    /// Runs an operation alone and on several workers, repeatedly, because timing decides which
    /// worker does which rows.
    private func expectSameBits(
        _ operation: @escaping @Sendable () -> Tensor, _ comment: Comment? = nil,
        location: SourceLocation = #_sourceLocation
    ) {
        let alone = operation().values.map(\.bitPattern)
        for workers in [1, 2, 3, 5].map({ Workers(count: $0) }) {
            for _ in 0..<5 {
                let shared = workers.map(1) { _ in operation() }[0].values.map(\.bitPattern)
                #expect(shared == alone, comment, sourceLocation: location)
            }
        }
    }

    @Test(arguments: Precision.allCases)
    func `a product has the same bits on any number of workers`(precision: Precision) {
        for (inputs, outputs) in [(33, 47), (64, 96)] {
            let map = Self.linear(inputs, outputs, precision)
            for rows in Self.rows {
                let x = Self.random(.matrix(rows, inputs))
                expectSameBits({ map(x, .gelu) }, "\(rows) rows of \(inputs) to \(outputs)")
            }
        }
    }

    @Test(arguments: Precision.allCases)
    func `a feed-forward network has the same bits on any number of workers`(precision: Precision) {
        let (up, down) = (Self.linear(33, 70, precision), Self.linear(70, 33, precision))
        let norm = Self.norm(33)
        for rows in Self.rows {
            let x = Self.random(.matrix(rows, 33))
            expectSameBits(
                {
                    var dropout = Dropout.none
                    return x.feedForward(up: up, .gelu, down: down, norm: norm, dropout: &dropout)
                }, "\(rows) rows")
        }
    }

    @Test func `a norm has the same bits on any number of workers`() {
        let norm = Self.norm(37)
        for rows in Self.rows {
            let x = Self.random(.matrix(rows, 37))
            let residual = Self.random(.matrix(rows, 37), seed: 2)
            expectSameBits({ norm(x) }, "\(rows) rows")
            expectSameBits({ norm(x, plus: residual) }, "\(rows) rows and a residual")
        }
    }

    @Test(arguments: [[1], [2], [9], [25], [33, 1, 16], [512]])
    func `attention has the same bits on any number of workers`(lengths: [Int]) {
        let texts = TextRanges(lengths: lengths)
        for (heads, dimension) in [(1, 16), (3, 7), (12, 32)] {
            let qkv = Self.random(.matrix(texts.tokens, 3 * heads * dimension))
            expectSameBits(
                {
                    var dropout = Dropout(hidden: 0, attention: 0.2, seed: 3)
                    return qkv.selfAttention(texts, heads: heads, dropout: &dropout)
                }, "\(heads) heads of \(dimension)")
        }
    }

    private static func random(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        Tensor(MatrixReference.floats(shape.count, seed: seed), shape)
    }

    private static func linear(_ inputs: Int, _ outputs: Int, _ precision: Precision) -> Linear {
        var map = Linear(inputs: inputs, outputs: outputs)
        map.weight = .packed(PackedWeights(random(.matrix(outputs, inputs), seed: 5), precision))
        map.bias = random(.vector(outputs), seed: 6)
        return map
    }

    private static func norm(_ width: Int) -> LayerNorm {
        var norm = LayerNorm(width: width, epsilon: 1e-12)
        norm.weight = random(.vector(width), seed: 7)
        norm.bias = random(.vector(width), seed: 8)
        return norm
    }
}
