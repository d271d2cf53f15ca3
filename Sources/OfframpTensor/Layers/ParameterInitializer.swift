/// Gives fresh parameters their first values, as BERT does: matrices from a normal distribution,
/// biases 0, gains 1. The values depend only on the seed and on the parameter's name.
package struct ParameterInitializer: ParameterVisitor {
    private let seed: UInt64
    private let deviation: Float?

    /// An initialiser.
    ///
    /// - Parameter deviation: the standard deviation of the matrices; BERT's is 0.02. `nil` for one by the square root
    ///   of the inputs, so that as much comes out as goes in, however narrow the matrix (LeCun et al. 1998).
    package init(seed: UInt64, deviation: Float? = 0.02) {
        self.seed = seed
        self.deviation = deviation
    }

    /// Replaces a parameter with its first values.
    package mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        let name = names.joined(separator: "+")
        guard tensor.shape.rank == 2 else {
            tensor = Tensor(tensor.shape, repeating: name.hasSuffix("weight") ? 1 : 0)
            return
        }
        var random = RandomSource(seed: RandomSource.seed(seed, Self.hash(name)))
        let count = tensor.shape.count
        let deviation = deviation ?? 1 / Float(tensor.columns).squareRoot()
        tensor = Tensor(tensor.shape) { values in
            for index in 0..<count { values[index] = deviation * random.normal() }
        }
    }

    /// FNV-1a; the standard library's hashes differ from run to run.
    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
