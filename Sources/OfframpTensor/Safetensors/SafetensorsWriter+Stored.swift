extension SafetensorsWriter {
    /// Adds a tensor of another file; its bytes are copied if it keeps its type.
    ///
    /// A vector requested as `I8` becomes `F32`. Tensors that cannot be weights, and those that are
    /// neither vectors nor matrices, keep their type.
    ///
    /// - Returns: whether numbers may have been rounded.
    /// - Throws: `OfframpError` (`data`) for a number that is not finite, or scales that do not fit.
    package mutating func add(_ stored: StoredTensor, as type: ElementType) throws -> Bool {
        let type = type.kept(for: stored)
        guard type != stored.type else {
            try keep(stored)
            return false
        }
        let sizes = stored.dimensions
        let shape: Shape =
            sizes.count == 2 ? .matrix(sizes[0], sizes[1]) : .vector(stored.count)
        add(stored.name, try Tensor(shape) { try stored.read(into: $0) }, as: type)
        // `F32` holds all half floats, but not every product of a code and its scale.
        return type != .float32 || stored.type == .int8 || stored.type == .float64
    }

    private mutating func keep(_ stored: StoredTensor) throws {
        entries.append(
            Entry(
                name: stored.name, type: stored.type, dimensions: stored.dimensions,
                content: .stored(stored)))
        guard stored.type == .int8 else { return }
        let scales = try stored.scales()
        append(stored.name + StoredTensor.scaleSuffix, .float32, [scales.count], scales)
    }
}

extension ElementType {
    /// The type that a tensor of another file gets when this one is requested.
    fileprivate func kept(for stored: StoredTensor) -> ElementType {
        let rank = stored.dimensions.count
        guard stored.type.isOfWeights, rank == 1 || rank == 2 else { return stored.type }
        return self == .int8 && rank == 1 ? .float32 : self
    }
}
