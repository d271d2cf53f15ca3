import OfframpEngine
import OfframpExit

extension ClassifierCascade {
    /// Of each classifier's labels the indices among those of the last one.
    ///
    /// - Throws: `OfframpError`, as `init` does.
    static func labelIndices(of classifiers: [Classifier]) throws -> [[Int]] {
        guard let last = classifiers.last?.model else {
            throw OfframpError(
                .usage, at: "cascade", found: "no classifiers", expected: "at least one")
        }
        let names = last.task.labelNames
        let indices = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        return try classifiers.map { classifier in
            let model = classifier.model
            try check(model, against: last, isAlone: classifiers.count == 1)
            return model.task.labelNames.compactMap { indices[$0] }
        }
    }

    private static func check(
        _ model: LoadedModel, against last: LoadedModel, isAlone: Bool
    ) throws {
        func path(_ model: LoadedModel) -> String { model.checkpoint.folder.path }
        guard isAlone || model.task.rules.hasLabels else {
            throw OfframpError(
                .usage, at: "cascade",
                found: "\(path(model)), a regression, whose numbers have no confidence",
                expected: "checkpoints with labels")
        }
        guard model.task.kind == last.task.kind else {
            throw OfframpError(
                .data, at: "cascade", found: "\(path(model)) for \(model.task.kind.rawValue)",
                expected: "\(last.task.kind.rawValue), as \(path(last)) is for")
        }
        guard Set(model.task.labelNames) == Set(last.task.labelNames) else {
            throw OfframpError(
                .data, at: "cascade", found: "\(path(model)) with \(model.task.labelText)",
                expected: "\(last.task.labelText), as \(path(last)) has")
        }
    }
}
