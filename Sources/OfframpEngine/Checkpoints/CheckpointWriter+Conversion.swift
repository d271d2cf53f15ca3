import Glibc
import OfframpEncoder
import OfframpFiles
import OfframpTensor

extension CheckpointWriter {
    /// Writes a checkpoint, or a Hugging Face folder, again with its weights stored in another type.
    ///
    /// Tensors keep their names, and their bytes if they already have the type. The heads of all methods keep theirs
    /// in any case: they are small, and how much rounding they bear was looked at when they were trained. Policies,
    /// precisions and temperatures stay as they were chosen. What the exits reached and what policies promise is left
    /// out where it was measured with other numbers.
    ///
    /// - Parameters:
    ///   - source: another folder than this one.
    ///   - type: of the backbone's matrices.
    /// - Returns: the methods whose measured results were left out.
    /// - Throws: `OfframpError`: `data` for weights that are no model, or that the type cannot hold.
    @discardableResult
    package func write(_ source: Checkpoint, as type: ElementType) throws -> [String] {
        try source.checkWeights()
        let isRounded = try write(source.weights, to: folder.weights) {
            source.configuration.family.isOfEncoder($0.name) ? type : $0.type
        }
        let unmeasured = try source.folder.methods.filter { method in
            try copy(source.folder.headWeights(method), to: folder.headWeights(method))
            return try write(source.settings(method), isRounded: isRounded)
        }
        // Empty when the source is a plain Hugging Face folder.
        rmdir(folder.exits)
        for name in source.folder.texts {
            try copy("\(source.folder.path)/\(name)", to: "\(folder.path)/\(name)")
        }
        return unmeasured
    }

    /// Writes a method's settings, without what was measured with other numbers.
    ///
    /// - Parameter isRounded: whether the numbers have changed.
    /// - Returns: whether anything was left out.
    func write(_ settings: ExitSettings, isRounded: Bool) throws -> Bool {
        var settings = settings
        let isMeasured = settings.results != [:] || settings.promises != [:]
        if isRounded { (settings.results, settings.promises) = ([:], [:]) }
        try write(settings)
        return isRounded && isMeasured
    }

    /// Writes the tensors of one file, and returns whether numbers may have been rounded.
    ///
    /// - Parameter type: of each tensor; `nil` for one that is left out.
    func write(
        _ file: some StoredTensors, to path: String, as type: (StoredTensor) -> ElementType?
    ) throws -> Bool {
        var writer = SafetensorsWriter()
        var isRounded = false
        for tensor in file.tensors {
            guard let type = type(tensor) else { continue }
            if try writer.add(tensor, as: type) { isRounded = true }
        }
        try writer.write(to: path, overwriting: overwriting)
        return isRounded
    }
}
