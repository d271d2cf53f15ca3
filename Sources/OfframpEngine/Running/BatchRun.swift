import OfframpEncoder
import OfframpExit
import OfframpTensor

/// A batch on its way through a model, or a part of one, under a policy.
struct BatchRun {
    private let engine: Engine
    private var pass: ForwardPass
    private(set) var policy: PolicyRun
    /// What the exits have said of the texts that remain; kept where a later part needs it.
    private var heard: [ExitOutput] = []

    /// Embeds a batch; no layer has run yet.
    init(_ engine: Engine, _ batch: PackedBatch, policy: any ExitPolicy) {
        self.engine = engine
        self.policy = PolicyRun(policy, texts: batch.texts.count)
        pass = ForwardPass(engine.model, batch)
    }

    /// Goes on with texts that come from the part before: the policy hears again what the exits there have said.
    init(_ engine: Engine, _ states: TextStates, policy: any ExitPolicy) {
        self.engine = engine
        self.policy = PolicyRun(policy, texts: states.texts.count)
        pass = ForwardPass(
            engine.model, states.hidden, states.texts, previous: states.logits(before: engine.model)
        )
        replay(states.heard)
    }

    /// Takes the texts past the exits of the model, as far as their policy lets them go.
    mutating func passExits() {
        let model = engine.model
        for place in model.ownPlaces where !policy.remaining.isEmpty {
            let isRead = policy.reads(place)
            guard isRead || model.heads.isChained else { continue }
            let output = pass.output(ofExit: place.index)
            guard isRead || model.handsOn else { continue }
            hear(engine.observed(output, place), isRead: isRead)
        }
    }

    /// The texts that no exit has answered, at the end of the part; `nil` where there are none.
    mutating func handOn() -> TextStates? {
        guard !policy.remaining.isEmpty else { return nil }
        let (hidden, texts) = pass.lastStates()
        return TextStates(hidden: hidden, texts: texts, heard: heard)
    }

    /// Takes one exit's output for the remaining texts in.
    private mutating func hear(_ output: ExitOutput, isRead: Bool) {
        if engine.model.handsOn { heard.append(output) }
        guard isRead else { return }
        let count = policy.remaining.count
        let staying = policy.step(output)
        guard staying.count < count else { return }
        pass.keep(staying)
        heard = heard.map { $0.gathered(staying) }
    }

    private mutating func replay(_ outputs: [ExitOutput]) {
        for place in engine.model.earlierPlaces where !policy.remaining.isEmpty {
            let isRead = policy.reads(place)
            if let output = outputs.first(where: { $0.place == place }) {
                hear(output.gathered(policy.remaining), isRead: isRead)
            } else if isRead {
                policy.miss(engine.unknown(place, texts: policy.remaining.count))
            }
        }
    }
}
