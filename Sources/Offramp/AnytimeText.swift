import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTokenizer

/// A text on its way, and how its answers are put.
package struct AnytimeText {
    private var run: AnytimeRun
    private let task: ModelTask
    private let isTruncated: Bool

    /// Starts at the beginning.
    ///
    /// - Throws: `OfframpError`, as `Classifier.classify`; `usage` where long texts are read in windows.
    package init(_ classifier: Classifier, _ input: TextInput) throws {
        if case .windows = classifier.longTexts {
            throw OfframpError(
                .usage, at: "answers at any time", found: "long texts in windows",
                expected: "head, head-tail or refuse")
        }
        let text = try classifier.model.parts([input], long: classifier.longTexts)[0][0]
        run = AnytimeRun(classifier.model.engine, text, policy: classifier.policy)
        (task, isTruncated) = (classifier.model.task, text.isTruncated)
    }

    /// The answer of the next exit; `nil` after the last one, and where it was stopped before a layer.
    package mutating func next(unless isStopped: () -> Bool = { false }) -> Classification? {
        run.next(unless: isStopped).map { Classification($0, task, isTruncated: isTruncated) }
    }
}
