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
        // A list, as a file may be named twice.
        let inputs = try files.map { file -> JSON in
            let checksum = try Checksum.of(file)
            return ["path": .string(file), "checksum": .string(checksum)]
        }
        // Answers of two versions may differ.
        var members = [JSON.Member("version", .string(Version.current))]
        members += try models()
        members.append(JSON.Member("inputs", .array(inputs)))
        members += options.map { JSON.Member($0.name, .string($0.value)) }
        return .object(members)
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
