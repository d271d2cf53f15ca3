import Glibc
import OfframpEncoder
import OfframpFiles
import OfframpTensor

extension CheckpointWriter {
    /// Writes a checkpoint, or a Hugging Face folder, again with its weights stored in another type.
    ///
    /// Tensors keep their names, and their bytes if they already have the type; the heads of all
    /// methods are written too. Policies, precisions and temperatures stay as they were chosen. What the
    /// exits reached and what policies promise is left out where it was measured with other numbers.
    ///
    /// - Parameters:
    ///   - source: another folder than this one.
    ///   - type: of the backbone's matrices; heads are stored as `train` stores them.
    /// - Returns: the methods whose measured results were left out.
    /// - Throws: `OfframpError`: `data` for weights that are no model, or that the type cannot hold.
    @discardableResult
    package func write(_ source: Checkpoint, as type: ElementType) throws -> [String] {
        try source.checkWeights()
        let isBackboneRounded = try write(source.weights, to: folder.weights) {
            source.configuration.family.isOfEncoder($0) ? type : type.ofHeads
        }
        var unmeasured: [String] = []
        for method in source.folder.methods {
            let heads = try SafetensorsFile(path: source.folder.headWeights(method))
            let areRounded = try write(heads, to: folder.headWeights(method)) { _ in type.ofHeads }
            var settings = try source.settings(method)
            let isMeasured = settings.results != [:] || settings.promises != [:]
            if isBackboneRounded || areRounded, isMeasured {
                (settings.results, settings.promises) = ([:], [:])
                unmeasured.append(method)
            }
            try write(settings)
        }
        // Empty when the source is a plain Hugging Face folder.
        rmdir(folder.exits)
        for name in source.folder.texts {
            try copy("\(source.folder.path)/\(name)", to: "\(folder.path)/\(name)")
        }
        return unmeasured
    }

    /// Writes the tensors of one file, and returns whether numbers may have been rounded.
    private func write(
        _ file: some StoredTensors, to path: String, as type: (_ name: String) -> ElementType
    ) throws -> Bool {
        var writer = SafetensorsWriter()
        var isRounded = false
        for tensor in file.tensors where try writer.add(tensor, as: type(tensor.name)) {
            isRounded = true
        }
        try writer.write(to: path, overwriting: overwriting)
        return isRounded
    }
}
