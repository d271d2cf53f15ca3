/// What one exit thought of a text, and what the policy made of it.
public struct ExitThought: Sendable, Equatable {
    /// The exit that speaks.
    public let place: ExitPlace
    /// The exit's own answer.
    public let prediction: Prediction
    /// What the policy weighed here; `nil` where it did not look or has nothing to say.
    public let reason: String?
    /// Whether the text leaves here.
    public let leaves: Bool
}

extension Trace {
    /// What every exit thought of one text, those after the one where it left included.
    public func explain(_ policy: any ExitPolicy, text: Int) -> [ExitThought] {
        var run = PolicyRun(policy, texts: 1)
        return exits.map { exit in
            let observation = exit.observation(text)
            let looks = !run.open.isEmpty && run.reads(exit.place)
            if looks { _ = run.step(exit.gathered([text])) }
            return ExitThought(
                place: exit.place, prediction: observation.prediction,
                reason: looks ? run.reason(observation, text: 0) : nil,
                leaves: looks && run.open.isEmpty)
        }
    }
}
