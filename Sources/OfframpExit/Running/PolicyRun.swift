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
    /// The exits that each text has passed unread, by the texts' original numbers.
    private var unread: [[Int]]
    private var memories: any TextMemories

    /// Starts a batch of `texts` texts, numbered from 0.
    package init(_ policy: any ExitPolicy, texts: Int) {
        remaining = Array(0..<texts)
        answers = Array(repeating: nil, count: texts)
        unread = Array(repeating: [], count: texts)
        memories = Self.memories(policy, texts: texts)
    }

    /// Brings the remaining texts to the next exit, and says which of them look at it.
    ///
    /// - Returns: their rows, ascending. For the others the exit's head need not run; where nobody looks, `step` is not
    ///   called.
    package mutating func reach(_ place: ExitPlace) -> [Int] {
        guard !place.isLast else { return Array(remaining.indices) }
        let reads = memories.reads(place, texts: remaining)
        for (text, isRead) in zip(remaining, reads) where !isRead {
            unread[text].append(place.index)
        }
        return remaining.indices.filter { reads[$0] }
    }

    /// Takes the texts that look at an exit past it.
    ///
    /// - Parameters:
    ///   - output: one row for each of them.
    ///   - readers: their rows in `remaining`, ascending.
    /// - Returns: the rows that stay, ascending: what the caller keeps of its hidden states.
    package mutating func step(_ output: ExitOutput, readers: [Int]) -> [Int] {
        precondition(output.textCount == readers.count, "an exit answers for each text that looks")
        let texts = readers.map { remaining[$0] }
        let decisions = memories.decide(output, texts: texts)
        for (row, leaves) in decisions.enumerated() where leaves || output.place.isLast {
            let prediction = answer(output.observation(row), text: texts[row])
            answers[texts[row]] = Answer(
                prediction: prediction, at: output.place, unread: unread[texts[row]])
        }
        let staying = remaining.indices.filter { answers[remaining[$0]] == nil }
        remaining = staying.map { remaining[$0] }
        return staying
    }

    /// Takes the texts that look at an exit past it when nothing is known of it: to the policy it says NaN, and no
    /// text leaves.
    package mutating func miss(_ exit: ExitOutput, readers: [Int]) {
        _ = memories.decide(exit, texts: readers.map { remaining[$0] })
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

    /// What the policy answers, or would answer, to a text at the exit it has just passed.
    package func answer(_ exit: ExitObservation, text: Int) -> Prediction {
        memories.answer(exit, text: text)
    }

    private static func memories(_ policy: some ExitPolicy, texts: Int) -> any TextMemories {
        PolicyMemories(policy, texts: texts)
    }
}
