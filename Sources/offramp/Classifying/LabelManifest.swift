import Offramp
import OfframpData
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
        let model = ModelManifest(classifier: classifier)
        let inputs = try files.map { JSON.Member($0, .string(try Checksum.of($0))) }
        return .object(
            [.init("checkpoint", try model.checkpoint()), .init("inputs", .object(inputs))]
                + model.settings + options.map { .init($0.name, .string($0.value)) })
    }
}
