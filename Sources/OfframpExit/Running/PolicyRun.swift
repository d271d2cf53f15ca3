/// A policy at work on a batch: who is still in, and what those who left answered.
///
/// The engine and `Trace.replay` both step through this type, so running a model and replaying its
/// trace decide alike. Three promises are kept here and nowhere else: the last exit always
/// answers, a text keeps its memory when others leave, and the answers come in the order of the
/// input.
public struct PolicyRun: Sendable {
    /// The original numbers of the texts that have not left, ascending.
    public private(set) var open: [Int]
    private var answers: [Answer?]
    private var memories: any TextMemories

    /// Starts a batch of `texts` texts, numbered from 0.
    public init(_ policy: any ExitPolicy, texts: Int) {
        open = Array(0..<texts)
        answers = Array(repeating: nil, count: texts)
        memories = Self.memories(policy, texts: texts)
    }

    /// Whether the exit's head must run; where it need not, `step` is not called.
    public func reads(_ place: ExitPlace) -> Bool { place.isLast || memories.reads(place) }

    /// Lets the open texts pass one exit.
    ///
    /// - Parameter output: one row for each text of `open`, in its order.
    /// - Returns: the rows that stay, ascending: what the caller keeps of its hidden states.
    public mutating func step(_ output: ExitOutput) -> [Int] {
        precondition(output.texts == open.count, "an exit answers for each open text")
        let decisions = memories.decide(output, texts: open)
        var staying: [Int] = []
        for row in decisions.indices {
            if let prediction = answer(decisions[row], row, output) {
                answers[open[row]] = Answer(prediction: prediction, at: output.place)
            } else {
                staying.append(row)
            }
        }
        open = staying.map { open[$0] }
        return staying
    }

    /// One answer a text in the order of the input, once the last exit has been passed.
    public func finish() -> [Answer] {
        precondition(open.isEmpty, "texts are still waiting for the last exit")
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
