/// A policy at work on a batch: which texts remain, and the answers of those that left.
///
/// The engine and `Trace.replay` both step through this type, so running a model and replaying its
/// trace decide alike. Three promises are kept here and nowhere else: the last exit always
/// answers, a text keeps its memory when others leave, and the answers come in the order of the
/// input.
package struct PolicyRun: Sendable {
    /// The original numbers of the texts that have not left, ascending.
    package private(set) var remaining: [Int]
    /// The answers so far by the texts' original numbers; `nil` for those that have not left.
    package private(set) var answers: [Answer?]
    private var memories: any TextMemories

    /// Starts a batch of `texts` texts, numbered from 0.
    package init(_ policy: any ExitPolicy, texts: Int) {
        remaining = Array(0..<texts)
        answers = Array(repeating: nil, count: texts)
        memories = Self.memories(policy, texts: texts)
    }

    /// Whether the exit's head must run; where it need not, `step` is not called.
    package func reads(_ place: ExitPlace) -> Bool { place.isLast || memories.reads(place) }

    /// Takes the remaining texts past one exit.
    ///
    /// - Parameter output: one row for each text of `remaining`, in its order.
    /// - Returns: the rows that stay, ascending: what the caller keeps of its hidden states.
    package mutating func step(_ output: ExitOutput) -> [Int] {
        precondition(
            output.textCount == remaining.count, "an exit answers for each text that remains")
        let decisions = memories.decide(output, texts: remaining)
        var staying: [Int] = []
        for row in decisions.indices {
            if let prediction = answer(decisions[row], row, output) {
                answers[remaining[row]] = Answer(prediction: prediction, at: output.place)
            } else {
                staying.append(row)
            }
        }
        remaining = staying.map { remaining[$0] }
        return staying
    }

    /// Takes the remaining texts past an exit of which nothing is known: to the policy it says NaN, and no text leaves.
    package mutating func miss(_ exit: ExitOutput) {
        _ = memories.decide(exit, texts: remaining)
    }

    /// One answer per text, in the order of the input, once the last exit has been passed.
    package func finish() -> [Answer] {
        precondition(remaining.isEmpty, "texts are still waiting for the last exit")
        return answers.compactMap { $0 }
    }

    /// What the policy weighed for a text at the exit it has just passed.
    func reason(_ exit: ExitObservation, text: Int) -> String? {
        memories.reason(exit, text: text)
    }

    private func answer(_ decision: ExitDecision, _ row: Int, _ output: ExitOutput) -> Prediction? {
        if case .stop(let prediction) = decision { return prediction }
        return output.place.isLast ? output.observation(row).prediction : nil
    }

    private static func memories(_ policy: some ExitPolicy, texts: Int) -> any TextMemories {
        PolicyMemories(policy, texts: texts)
    }
}
