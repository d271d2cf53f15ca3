import OfframpEngine
import OfframpExit
import OfframpTensor

extension ClassifierCascade {
    /// What a threshold was calibrated for: the heads, temperatures and policies of all classifiers.
    ///
    /// - Throws: `OfframpError`, as loading does.
    package func fingerprint() throws -> String { try Self.fingerprint(of: classifiers) }

    /// What was saved in the first checkpoint for just these classifiers.
    static func calibratedRule(for classifiers: [Classifier]) throws -> CascadeRule? {
        guard let saved = classifiers.first?.model.settings.cascades.members, !saved.isEmpty else {
            return nil
        }
        let fingerprint = try fingerprint(of: classifiers)
        let found = saved.first { $0.key == fingerprint }?.value["threshold"]?.double
        return found.map { CascadeRule(Float($0)) }
    }

    private static func fingerprint(of classifiers: [Classifier]) throws -> String {
        let value = try classifiers.reduce(UInt64(0)) { value, classifier in
            let heads = RandomSource.seed(value, try classifier.model.headsDigest())
            return classifier.policy.name.utf8.reduce(heads) { RandomSource.seed($0, UInt64($1)) }
        }
        return String(value, radix: 16)
    }
}
