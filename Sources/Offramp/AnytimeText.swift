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
    /// - Parameter isMonotone: whether confidence may never fall from one answer to the next.
    /// - Throws: `OfframpError`, as `Classifier.classify`; `usage` where long texts are read in windows, and for
    ///   answers that are ever surer where they are numbers.
    package init(_ classifier: Classifier, _ input: TextInput, isMonotone: Bool = false) throws {
        let place = "answers at any time"
        try classifier.longTexts.refuseWindows(at: place)
        if isMonotone, !classifier.model.task.kind.rules.hasLabels {
            throw OfframpError(
                .usage, at: place, found: "a model that answers with numbers",
                expected: "one with labels, as only they can be ever surer")
        }
        let text = try classifier.model.parts([input], long: classifier.longTexts)[0][0]
        run = AnytimeRun(
            classifier.model.engine, text, policy: classifier.policy, isMonotone: isMonotone)
        (task, isTruncated) = (classifier.model.task, text.isTruncated)
    }

    /// The answer of the next exit; `nil` after the last one, and where it was stopped before a layer.
    package mutating func next(unless isStopped: () -> Bool = { false }) -> Classification? {
        run.next(unless: isStopped).map { Classification($0, task, isTruncated: isTruncated) }
    }
}
