import Offramp
import OfframpFiles

/// The first line of a worker: who answers.
struct WorkerGreeting {
    /// Raised when requests or answers change so that older programs would not understand them.
    private static let protocolVersion = 1

    /// The same wherever the same version answers with the same checkpoint and options.
    let fingerprint: String
    let json: JSON

    init(_ classifier: Classifier) throws {
        let manifest = ModelManifest(classifier: classifier)
        fingerprint = try manifest.fingerprint()
        json = .object(
            [
                .init("offramp", .string(Version.current)),
                .init("protocol", .number(Self.protocolVersion)),
                .init("fingerprint", .string(fingerprint)),
                .init("task", .string(classifier.model.task.kind.rules.problemType)),
                .init("labels", .array(classifier.labels.map { .string($0) })),
            ] + manifest.settings)
    }
}
