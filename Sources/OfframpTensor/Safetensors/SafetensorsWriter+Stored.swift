extension SafetensorsWriter {
    /// Adds a tensor of another file, byte by byte where its type stays.
    ///
    /// As `I8` a vector becomes `F32`, as above; whole numbers stay what they are, and so does what
    /// is neither a vector nor a matrix.
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
        // A code times its scale need not be a float; the half formats are all held by F32.
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
    /// What a tensor of another file becomes when this type is asked for.
    fileprivate func kept(for stored: StoredTensor) -> ElementType {
        let rank = stored.dimensions.count
        guard stored.type != .int64, rank == 1 || rank == 2 else { return stored.type }
        return self == .int8 && rank == 1 ? .float32 : self
    }
}
