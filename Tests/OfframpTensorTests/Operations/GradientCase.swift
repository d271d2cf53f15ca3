import OfframpTensor
import Testing

/// An operation whose gradient is checked, with the inputs to check it at.
struct GradientCase: Sendable, CustomTestStringConvertible {
    let name: String
    let shapes: [Shape]
    let operation: @Sendable ([Tensor]) -> Tensor

    var testDescription: String { name }

    init(_ name: String, _ shapes: Shape..., operation: @escaping @Sendable ([Tensor]) -> Tensor) {
        self.name = name
        self.shapes = shapes
        self.operation = operation
    }

    /// Inputs whose elements all differ by more than the steps of a difference quotient, so that no
    /// step crosses a maximum or the kink of a rectifier.
    var inputs: [Tensor] {
        var random = RandomSource(seed: 7)
        return shapes.map { shape in
            let order = (0..<shape.count).shuffled(using: &random)
            let values = order.map { (Float($0 - shape.count / 2) + 0.5) * Self.spacing }
            return Tensor(shape) { $0.update(from: values, count: values.count) }
        }
    }

    static let spacing: Float = 0.06
}

extension GradientCase {
    /// Every operation that records itself on the tape, at odd sizes.
    static let all =
        arithmetic + broadcasts + reductions + activations + functions + normalisations
        + rowOperations + losses + attentions + biases + mixtures

    private static let arithmetic = [
        GradientCase("affine", .matrix(5, 7), .matrix(3, 7), .vector(3)) {
            $0[0].affine($0[1], $0[2])
        },
        GradientCase("affine of no rows", .matrix(0, 7), .matrix(3, 7), .vector(3)) {
            $0[0].affine($0[1], $0[2])
        },
        GradientCase("sum", .matrix(3, 5), .matrix(3, 5)) { $0[0] + $0[1] },
        GradientCase("sum with itself", .matrix(3, 5)) { $0[0] + $0[0] },
        GradientCase("multiple", .matrix(3, 5)) { -1.7 * $0[0] },
        GradientCase("sum with a constant", .matrix(3, 5)) { $0[0] + 0.7 },
        GradientCase("difference", .matrix(3, 5), .matrix(3, 5)) { $0[0] - $0[1] },
        GradientCase("difference from a constant", .matrix(3, 5)) { 1 - $0[0] },
        GradientCase("elementwise product", .matrix(3, 5), .matrix(3, 5)) { $0[0] * $0[1] },
        GradientCase("absolute value", .matrix(3, 5)) { $0[0].absolute() },
        GradientCase("square", .matrix(3, 5)) { $0[0] * $0[0] },
    ]

    private static let broadcasts = [
        GradientCase("row added to all", .matrix(3, 5), .vector(5)) { $0[0].adding(row: $0[1]) },
        GradientCase("matrix of one row added to all", .matrix(3, 5), .matrix(1, 5)) {
            $0[0].adding(row: $0[1])
        },
        GradientCase("product with a row", .matrix(3, 5), .vector(5)) {
            $0[0].multiplied(byRow: $0[1])
        },
        GradientCase("product with a column", .matrix(3, 5), .matrix(3, 1)) {
            $0[0].multiplied(byColumn: $0[1])
        },
        GradientCase("product with a vector as column", .matrix(3, 5), .vector(3)) {
            $0[0].multiplied(byColumn: $0[1])
        },
    ]

    private static let reductions = [
        GradientCase("sum of all", .matrix(3, 5)) { $0[0].sum() },
        GradientCase("mean of all", .matrix(3, 5)) { $0[0].mean() },
        GradientCase("sums of rows", .matrix(3, 5)) { $0[0].rowSums() },
        GradientCase("means of rows", .matrix(3, 5)) { $0[0].rowMeans() },
        GradientCase("sums of columns", .matrix(3, 5)) { $0[0].columnSums() },
        GradientCase("means of columns", .matrix(3, 5)) { $0[0].columnMeans() },
    ]

    private static let functions = [
        GradientCase("exponential", .matrix(3, 5)) { $0[0].exp() },
        // Shifted to where the logarithm exists.
        GradientCase("logarithm", .matrix(3, 5)) { ($0[0] + 2).log() },
        GradientCase("sigmoid", .matrix(3, 5)) { $0[0].sigmoid() },
    ]

    private static let activations = Activation.allCases.map { activation in
        GradientCase("activation \(activation.rawValue)", .matrix(7, 9)) {
            $0[0].activated(by: activation)
        }
    }

    private static let normalisations = [
        GradientCase("layer normalisation", .matrix(5, 7), .vector(7), .vector(7)) {
            $0[0].layerNormalized(weight: $0[1], bias: $0[2], epsilon: 1e-12)
        },
        GradientCase("softmax", .matrix(3, 5)) { $0[0].softmax() },
        GradientCase("log-softmax", .matrix(3, 5)) { $0[0].logSoftmax() },
        GradientCase("dropout", .matrix(5, 7)) {
            var dropout = Dropout(hidden: 0.4, attention: 0, seed: 3)
            return $0[0].dropping(&dropout)
        },
    ]

    private static let rowOperations = [
        GradientCase("embeddings", .matrix(5, 3), .matrix(4, 3), .matrix(2, 3)) {
            let indices: [[Int32]] = [
                [4, 0, 0, 2, 4, 4, 1], [0, 1, 2, 3, 0, 1, 2], [0, 0, 1, 1, 0, 0, 1],
            ]
            return embeddingSum(zip(indices, $0).map { TableReading($0, of: .float32($1)) })
        },
        GradientCase("gathering", .matrix(5, 3)) { $0[0].gathering(rows: [4, 0, 0, 2]) },
        GradientCase("between neighbours", .matrix(9, 5)) { $0[0].betweenNeighbours(uneven) },
        GradientCase("mean and maximum", .matrix(9, 5)) { $0[0].meanMax(uneven) },
        GradientCase("concatenation", .matrix(3, 5), .matrix(3, 2)) {
            $0[0].concatenated(with: $0[1])
        },
        GradientCase("stacking", .matrix(3, 4), .matrix(1, 4)) {
            Tensor(stacking: [$0[1], $0[0], $0[1]])
        },
        GradientCase("columns", .matrix(3, 5)) { $0[0][columns: 1..<4] },
        GradientCase("means of first segments", .matrix(9, 4)) { $0[0].segmentMeans(pairs).first },
        GradientCase("means of second segments", .matrix(9, 4)) {
            $0[0].segmentMeans(pairs).second
        },
        GradientCase("cosines", .matrix(3, 5), .matrix(3, 5)) { $0[0].cosines(with: $0[1]) },
        GradientCase("attention of first tokens", .matrix(3, 8), .matrix(9, 16)) {
            var dropout = Dropout.none
            return $0[0].attention(to: $0[1], uneven, heads: 2, dropout: &dropout)
        },
        GradientCase("attention of first tokens with dropout", .matrix(3, 8), .matrix(9, 16)) {
            var dropout = Dropout(hidden: 0, attention: 0.4, seed: 3)
            return $0[0].attention(to: $0[1], uneven, heads: 2, dropout: &dropout)
        },
        GradientCase("rows", .matrix(5, 3)) { $0[0][rows: 1..<3] },
    ]

    private static let losses = [
        GradientCase("cross-entropy", .matrix(3, 5)) { $0[0].crossEntropy([4, 0, 2]) },
        GradientCase("cross-entropy with soft labels", .matrix(3, 5)) {
            $0[0].crossEntropy(targets: distributions)
        },
        GradientCase("cross-entropies", .matrix(3, 5)) {
            $0[0].crossEntropies(targets: distributions)
        },
        GradientCase("divergence", .matrix(3, 5)) { $0[0].divergence(from: distributions) },
        GradientCase("binary cross-entropies", .matrix(3, 5)) {
            $0[0].binaryCrossEntropies(targets: distributions)
        },
        GradientCase("squared error", .matrix(5, 1)) { $0[0].squaredError([1, -2, 0, 0.5, 3]) },
        GradientCase("squared errors", .matrix(5, 1)) { $0[0].squaredErrors([1, -2, 0, 0.5, 3]) },
    ]

    private static let attentions = [Float(0), 0.3].map { share in
        GradientCase("attention, dropout \(share)", .matrix(9, 18)) {
            var dropout = Dropout(hidden: 0, attention: share, seed: 5)
            // Kept small, so that no softmax saturates.
            return (0.3 * $0[0]).selfAttention(uneven, heads: 2, dropout: &dropout)
        }
    }

    private static let biases = [
        GradientCase("attention with a bias", .matrix(9, 18), .matrix(4, 2)) {
            var dropout = Dropout.none
            let bias = AttentionBias(0.3 * $0[1], headWidth: 3, longest: 6) {
                $0 < 0 ? 3 : min($0, 2)
            }
            return (0.3 * $0[0]).selfAttention(uneven, heads: 2, bias: bias, dropout: &dropout)
        }
    ]

    private static let mixtures = [
        GradientCase("positive mixture", .vector(3), .vector(5)) {
            let constants = [Float(1), -0.5, 2].map { $0 * distributions }
            return Tensor.positiveMixture(of: constants, logWeights: $0[0], bias: $0[1])
        },
        // Probabilities of two exits by halting mass, as in Adaptive Computation Time.
        GradientCase("halting mixture", .matrix(3, 5), .matrix(3, 5), .matrix(3, 1)) {
            let halting = $0[2].sigmoid()
            return $0[0].softmax().multiplied(byColumn: halting)
                + $0[1].softmax().multiplied(byColumn: 1 - halting)
        },
    ]

    private static let uneven = TextRanges(lengths: [1, 5, 3])
    private static let pairs = TextRanges(lengths: [1, 5, 3], seconds: [1, 2, 2])

    private static let distributions = Tensor(
        [0.5, 0, 0.25, 0.125, 0.125, 0, 0, 1, 0, 0, 0.2, 0.2, 0.2, 0.2, 0.2], rows: 3, columns: 5)
}
