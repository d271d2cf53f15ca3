import OfframpTensor

/// A number that other weights will not have.
struct ParameterDigest: ParameterVisitor {
    private(set) var value: UInt64 = 0

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        value = tensor.withValues {
            $0.reduce(value) { RandomSource.seed($0, UInt64($1.bitPattern)) }
        }
    }
}
