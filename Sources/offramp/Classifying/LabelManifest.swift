import Offramp
import OfframpData
import OfframpEngine
import OfframpFiles

/// What a file of results is made of, and how: the same manifest gives the same file.
struct LabelManifest {
    let classifier: Classifier
    /// The files with the rows.
    let files: [String]
    /// What else counts, by its name.
    let options: [(name: String, value: String)]

    /// The object that is compared.
    ///
    /// - Throws: `OfframpError` where a file cannot be read.
    func json() throws -> JSON {
        let model = classifier.model
        let settings: [(name: String, value: String)] = [
            ("method", model.settings.method), ("policy", classifier.policy.name),
            ("precision", model.precision.rawValue), ("long", classifier.longTexts.name),
        ]
        return .object(
            [
                .init("checkpoint", try checksums(checkpointFiles)),
                .init("inputs", try checksums(files)),
            ] + (settings + options).map { .init($0.name, .string($0.value)) })
    }

    private var checkpointFiles: [String] {
        let folder = classifier.model.checkpoint.folder
        let method = classifier.model.settings.method
        let heads = ["exits/\(method).json", "exits/\(method).safetensors"]
        let weights = Folder.names(in: folder.path).filter { $0.hasSuffix(".safetensors") }
        // A classifier of Hugging Face's has no heads of ours.
        return (["config.json"] + weights + folder.readable(heads) + folder.tokenizerFiles)
            .map { "\(folder.path)/\($0)" }
    }

    private func checksums(_ paths: [String]) throws -> JSON {
        .object(try paths.map { .init($0, .string(try Checksum.of($0))) })
    }
}
