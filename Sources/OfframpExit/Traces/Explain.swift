/// What one exit thought of a text, and what the policy made of it.
package struct ExitThought: Sendable, Equatable {
    /// The exit that speaks.
    package let place: ExitPlace
    /// What the policy would answer if the text had to leave here.
    package let prediction: Prediction
    /// What the policy weighed here; `nil` where it did not look or has nothing to say, and at the
    /// last exit, which answers anyway.
    package let reason: String?
    /// What became of the text here.
    package let outcome: ExitOutcome
}

extension Trace {
    /// The answer to one text under a policy, and what every exit thought of it, including the exits
    /// after the one where it left.
    package func explain(
        _ policy: any ExitPolicy, text: Int
    ) -> (answer: Answer, thoughts: [ExitThought]) {
        let only = gathered([text])
        var run = PolicyRun(policy, texts: 1)
        let thoughts = only.exits.map { exit in
            let observation = exit.observation(0)
            let isReached = !run.remaining.isEmpty
            let readers = isReached ? run.reach(exit.place) : []
            let looks = !readers.isEmpty
            if looks { _ = run.step(exit, readers: readers) }
            let answers = only.replay(policy.leaving(at: exit.place.depth))
            return ExitThought(
                place: exit.place, prediction: answers[0].prediction,
                // The last exit answers whatever the policy finds.
                reason: looks && !exit.place.isLast ? run.reason(observation, text: 0) : nil,
                outcome: !isReached ? .notReached : run.remaining.isEmpty ? .leaves : .goesOn)
        }
        return (run.finish()[0], thoughts)
    }
}
