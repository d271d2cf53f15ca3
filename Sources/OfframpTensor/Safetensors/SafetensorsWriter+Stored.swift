extension SafetensorsWriter {
    /// Adds a tensor of another file, byte for byte if its type stays the same.
    ///
    /// A vector becomes `F32` instead of `I8`, as above. Integers, and tensors that are neither
    /// vectors nor matrices, keep their type.
    ///
    /// - Returns: whether numbers may have been rounded.
    /// - Throws: `OfframpError` (`data`) for a number that is not finite, or scales that do not fit.
    public mutating func add(_ stored: StoredTensor, as type: ElementType) throws -> Bool {
        let type = type.kept(for: stored)
        guard type != stored.type else {
            try keep(stored)
            return false
        }
        let sizes = stored.dimensions
        let shape: Shape =
            sizes.count == 2 ? .matrix(sizes[0], sizes[1]) : .vector(stored.count)
        add(stored.name, try Tensor(shape) { try stored.read(into: $0) }, as: type)
        // A code times its scale may have to be rounded; F32 holds all numbers of the half formats.
        return type != .float32 || stored.type == .int8
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
    /// The type that a tensor of another file gets if this one is asked for.
    fileprivate func kept(for stored: StoredTensor) -> ElementType {
        let rank = stored.dimensions.count
        guard stored.type != .int64, rank == 1 || rank == 2 else { return stored.type }
        return self == .int8 && rank == 1 ? .float32 : self
    }
}
