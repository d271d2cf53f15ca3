import OfframpTensor

/// Gathers all parameters under their names for a `safetensors` file.
package struct ParameterSaver: ParameterVisitor {
    package private(set) var writer = SafetensorsWriter()
    private let type: ElementType
    private var seen: Set<String> = []

    package init(as type: ElementType) { self.type = type }

    package mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        let rows = tensor.shape.rank == 1 ? 1 : tensor.rows / names.count
        let columns = tensor.shape.rank == 1 ? tensor.columns / names.count : tensor.columns
        for (index, name) in names.enumerated() where seen.insert(name).inserted {
            let shape = tensor.shape.rank == 1 ? Shape.vector(columns) : .matrix(rows, columns)
            let start = index * shape.count
            let part = tensor.withValues { values in
                Tensor(Array(values[start..<start + shape.count]), shape)
            }
            writer.add(name, part, as: type)
        }
    }
}

extension Parameterized {
    /// Writes all parameters to a `safetensors` file, atomically.
    ///
    /// - Throws: `OfframpError` (`usage` when the file exists and `overwriting` is false; `io`).
    package func save(to path: String, as type: ElementType, overwriting: Bool) throws {
        var copy = self
        var saver = ParameterSaver(as: type)
        copy.visitParameters(&saver, under: "")
        try saver.writer.write(to: path, overwriting: overwriting)
    }
}
