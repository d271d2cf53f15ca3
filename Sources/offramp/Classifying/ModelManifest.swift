import Offramp
import OfframpData
import OfframpEngine
import OfframpFiles

/// What answers depend on beside the texts: the same manifest gives the same answers.
struct ModelManifest {
    let classifier: Classifier

    /// The files of the checkpoint with their checksums, wherever the folder is.
    func checkpoint() throws -> JSON {
        let folder = classifier.model.checkpoint.folder
        return .object(
            try files(of: folder).map {
                .init($0, .string(try Checksum.of("\(folder.path)/\($0)")))
            })
    }

    /// How its answers come about.
    var settings: [JSON.Member] {
        let model = classifier.model
        return [
            .init("method", .string(model.settings.method)),
            .init("policy", .string(classifier.policy.name)),
            .init("precision", .string(model.precision.rawValue)),
            .init("long", .string(classifier.longTexts.name)),
        ]
    }

    /// A short name for all of it.
    ///
    /// - Throws: `OfframpError` where a file cannot be read.
    func fingerprint() throws -> String {
        let members =
            [JSON.Member("version", .string(Version.current))]
            + [.init("checkpoint", try checkpoint())] + settings
        return Checksum.of(text: JSON.object(members).text())
    }

    private func files(of folder: CheckpointFolder) -> [String] {
        let method = classifier.model.settings.method
        let heads = ["exits/\(method).json", "exits/\(method).safetensors"]
        let weights = Folder.names(in: folder.path).filter { $0.hasSuffix(".safetensors") }
        // A classifier of Hugging Face's has no heads of ours.
        return ["config.json"] + weights + folder.readable(heads) + folder.tokenizerFiles
    }
}
