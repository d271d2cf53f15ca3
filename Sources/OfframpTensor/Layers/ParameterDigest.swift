/// A fingerprint of weights: other weights have another one.
package struct ParameterDigest: ParameterVisitor {
    /// 0 before anything has been visited.
    package private(set) var value: UInt64 = 0

    /// A fingerprint of nothing yet.
    package init() {}

    /// Takes a parameter in.
    package mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        value = tensor.withValues {
            $0.reduce(value) { RandomSource.seed($0, UInt64($1.bitPattern)) }
        }
    }
}
