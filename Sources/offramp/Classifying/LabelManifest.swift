import Offramp
import OfframpData
import OfframpFiles

/// What a file of results is made of, and how: the same manifest gives the same file.
struct LabelManifest {
    let cascade: ClassifierCascade
    /// The files with the rows.
    let files: [String]
    /// What else counts, by its name.
    let options: [(name: String, value: String)]

    /// The object that is compared.
    ///
    /// - Throws: `OfframpError` where a file cannot be read.
    func json() throws -> JSON {
        let inputs = try files.map { JSON.Member($0, .string(try Checksum.of($0))) }
        return .object(
            try models() + [.init("inputs", .object(inputs))]
                + options.map { .init($0.name, .string($0.value)) })
    }

    private func models() throws -> [JSON.Member] {
        let models = try cascade.classifiers.map { classifier in
            let model = ModelManifest(classifier: classifier)
            return [JSON.Member("checkpoint", try model.checkpoint())] + model.settings
        }
        guard cascade.hasSeveral else { return models[0] }
        return [
            .init("cascade", .array(models.map { .object($0) })),
            .init("cascade_threshold", .number(cascade.threshold)),
        ]
    }
}
