import OfframpEncoder
import OfframpTensor

/// Gathers all parameters under their names for a `safetensors` file.
package struct ParameterSaver: ParameterVisitor {
    package private(set) var writer = SafetensorsWriter()
    private let type: ElementType
    private let family: EncoderFamily
    private var seen: Set<String> = []

    /// - Parameter family: whose names the tensors get.
    package init(as type: ElementType, of family: EncoderFamily = .bert) {
        (self.type, self.family) = (type, family)
    }

    package mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        let rows = tensor.shape.rank == 1 ? 1 : tensor.rows / names.count
        let columns = tensor.shape.rank == 1 ? tensor.columns / names.count : tensor.columns
        for (index, name) in names.enumerated() where seen.insert(name).inserted {
            let shape = tensor.shape.rank == 1 ? Shape.vector(columns) : .matrix(rows, columns)
            let start = index * shape.count
            let part = tensor.withValues { values in
                Tensor(Array(values[start..<start + shape.count]), shape)
            }
            writer.add(family.storedName(of: name), part, as: type)
        }
    }
}

extension Backbone {
    /// The same backbone with its numbers rounded as a file would store them.
    ///
    /// - Throws: `OfframpError` (`data`) for numbers that the type cannot hold.
    package func rounded(to type: ElementType) throws -> Backbone {
        guard type != .float32 else { return self }
        let family = configuration.family
        var (copy, saver) = (self, ParameterSaver(as: type, of: family))
        copy.visitParameters(&saver, under: "")
        let bytes = try saver.writer.bytes()
        try copy.load(SafetensorsFile(bytes, named: "backbone"), of: family)
        return copy
    }
}

extension Parameterized {
    /// Writes all parameters to a `safetensors` file, atomically.
    ///
    /// - Parameter family: whose names the tensors get.
    /// - Throws: `OfframpError` (`usage` when the file exists and `overwriting` is false; `io`).
    package func save(
        to path: String, of family: EncoderFamily = .bert, as type: ElementType, overwriting: Bool
    ) throws {
        var copy = self
        var saver = ParameterSaver(as: type, of: family)
        copy.visitParameters(&saver, under: "")
        try saver.writer.write(to: path, overwriting: overwriting)
    }
}
