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
            let readers = policy.reach(place)
            // A chain of heads and a later part hear of texts that do not look here, too.
            let everyone = model.heads.isChained || model.handsOn
            guard everyone || !readers.isEmpty else { continue }
            let rows = everyone ? Array(policy.remaining.indices) : readers
            let output = pass.output(ofExit: place.index, rows: rows)
            hear(engine.observed(output, place), readers: readers)
        }
    }

    /// The texts that no exit has answered, at the end of the part; `nil` where there are none.
    mutating func handOn() -> TextStates? {
        guard !policy.remaining.isEmpty else { return nil }
        let (hidden, texts) = pass.lastStates()
        return TextStates(hidden: hidden, texts: texts, heard: heard)
    }

    /// Takes one exit's output for the remaining texts in, or for those that look at it.
    private mutating func hear(_ output: ExitOutput, readers: [Int]) {
        if engine.model.handsOn { heard.append(output) }
        guard !readers.isEmpty else { return }
        let count = policy.remaining.count
        let readersOnly = output.textCount == readers.count
        let staying = policy.step(
            readersOnly ? output : output.gathered(readers), readers: readers)
        guard staying.count < count else { return }
        pass.keep(staying)
        heard = heard.map { $0.gathered(staying) }
    }

    private mutating func replay(_ outputs: [ExitOutput]) {
        for place in engine.model.earlierPlaces where !policy.remaining.isEmpty {
            let readers = policy.reach(place)
            if let output = outputs.first(where: { $0.place == place }) {
                hear(output.gathered(policy.remaining), readers: readers)
            } else if !readers.isEmpty {
                policy.miss(engine.unknown(place, texts: readers.count), readers: readers)
            }
        }
    }
}
