import OfframpTensor

/// A fingerprint of weights: other weights have another one.
struct ParameterDigest: ParameterVisitor {
    private(set) var value: UInt64 = 0

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        value = tensor.withValues {
            $0.reduce(value) { RandomSource.seed($0, UInt64($1.bitPattern)) }
        }
    }
}
