import OfframpEncoder
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// What one part of a model makes of some texts.
package struct PartOutcome: Sendable {
    /// The answers by the texts' numbers; `nil` for the texts that are handed on.
    package let answers: [Answer?]
    /// The texts that are handed on, in ascending order of their numbers.
    package let states: TextStates

    /// The numbers of the texts that are handed on.
    package var waiting: [Int] { answers.indices.filter { answers[$0] == nil } }
}

extension Engine {
    /// Takes texts through the first part of a model.
    package func outcome(_ texts: [Encoding], policy: any ExitPolicy) -> PartOutcome {
        outcome(lengths: texts.map(\.ids.count)) { batch in
            BatchRun(self, PackedBatch(batch.map { texts[$0] }), policy: policy)
        }
    }

    /// Takes texts through a later part of a model. What the exits before have said counts as if they were part of
    /// this one; the policy hears NaN of an exit that has not spoken.
    ///
    /// - Parameter states: of the depth that the part begins with.
    package func outcome(_ states: TextStates, policy: any ExitPolicy) -> PartOutcome {
        outcome(lengths: states.texts.lengths) { batch in
            BatchRun(self, states.gathered(batch), policy: policy)
        }
    }

    /// What stands for an exit that has not spoken.
    func unknown(_ place: ExitPlace, texts: Int) -> ExitOutput {
        .unknown(
            place, task: task.kind, outputCount: task.outputCount, texts: texts,
            hasSignals: model.heads.signal != nil)
    }

    private func outcome(
        lengths: [Int], _ start: @escaping @Sendable (_ texts: [Int]) -> BatchRun
    ) -> PartOutcome {
        let batches = cutter.cut(lengths)
        let results = workers.map(batches.count) { index in
            var run = start(batches[index])
            run.passExits()
            return (answers: run.policy.answers, states: run.handOn())
        }
        var answers = [Answer?](repeating: nil, count: lengths.count)
        var waiting: [Int] = []
        for (batch, result) in zip(batches, results) {
            for (text, answer) in zip(batch, result.answers) { answers[text] = answer }
            waiting += batch.filter { answers[$0] == nil }
        }
        let states = TextStates.joined(
            results.compactMap(\.states), width: model.backbone.configuration.width)
        let order = waiting.indices.sorted { waiting[$0] < waiting[$1] }
        return PartOutcome(answers: answers, states: states.gathered(order))
    }
}
