import OfframpFiles
import OfframpTensor

extension SafetensorsFile {
    /// A tensor as floats, as a vector if it is not a matrix.
    package func tensor(_ name: String) throws -> Tensor {
        guard let stored = stored(name) else {
            throw OfframpError(.data, at: path, found: "no \(name)", expected: "a tensor")
        }
        let sizes = stored.dimensions
        let shape: Shape =
            sizes.count == 2 ? .matrix(sizes[0], sizes[1]) : .vector(stored.count)
        return try Tensor(shape) { try stored.read(into: $0) }
    }

    /// The elements of a tensor as floats.
    package func values(_ name: String) throws -> [Float] { try tensor(name).values }

    /// All tensors by their names.
    package func tensorsByName() throws -> [String: Tensor] {
        Dictionary(uniqueKeysWithValues: try names.map { ($0, try tensor($0)) })
    }
}
