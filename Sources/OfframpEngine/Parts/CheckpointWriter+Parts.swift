import Glibc
import OfframpEncoder
import OfframpFiles
import OfframpTensor

extension CheckpointWriter {
    /// Writes one part of a checkpoint: the layers between its depths, the heads there, and what all parts need to know
    /// of the exits. The first part has embeddings and tokenizer, no other one.
    ///
    /// - Parameters:
    ///   - part: one of `source.parts(splitAt:)`.
    ///   - type: of the matrices, as a conversion takes it; `nil` keeps every byte.
    /// - Returns: the methods whose measured results were left out, as numbers were rounded.
    /// - Throws: `OfframpError`: `data` for weights that the type cannot hold; `io`.
    @discardableResult
    package func write(
        _ part: ModelPart, of source: Checkpoint, as type: ElementType? = nil
    ) throws -> [String] {
        let isRounded = try writeWeights(part, of: source, as: type)
        let methods = try source.folder.methods.filter { method in
            let last = try source.settings(method).depths.last ?? 0
            return part.depths.lowerBound == 0 || last > part.depths.lowerBound
        }
        let unmeasured = try methods.filter { method in
            try writeHeads(of: method, part, of: source)
            return try write(source.settings(method), isRounded: isRounded)
        }
        // Empty for the classifier of a Hugging Face folder.
        rmdir(folder.exits)
        try write(part.json, to: folder.part)
        for name in (part.depths.lowerBound == 0 ? source.folder.tokenizerFiles : [])
            + source.folder.cards
        {
            try copy("\(source.folder.path)/\(name)", to: "\(folder.path)/\(name)")
        }
        try write(configuration(source, source.requiredTask()), to: folder.configuration)
        return unmeasured
    }

    private func writeWeights(
        _ part: ModelPart, of source: Checkpoint, as type: ElementType?
    ) throws -> Bool {
        let family = source.configuration.family
        let hasClassifier = part.number == part.count && source.folder.methods.isEmpty
        return try write(source.weights, to: folder.weights) { tensor in
            if family.isOfEncoder(tensor.name, between: part.depths) { return type ?? tensor.type }
            let isNeeded = hasClassifier && family.isOfUsualHead(tensor.name)
            return isNeeded ? tensor.type : nil
        }
    }

    /// Writes the heads of a method in a part, if there are any.
    private func writeHeads(
        of method: String, _ part: ModelPart, of source: Checkpoint
    ) throws {
        let own = OwnHeads(try source.heads(source.settings(method)), part.depths)
        guard !own.exits.isEmpty else { return }
        let names = own.names
        let heads = try SafetensorsFile(path: source.folder.headWeights(method))
        _ = try write(heads, to: folder.headWeights(method)) { tensor in
            names.contains(tensor.name) ? tensor.type : nil
        }
    }
}
