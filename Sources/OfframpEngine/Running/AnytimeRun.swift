import OfframpEncoder
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// One text on its way through a model: an answer from every exit, until its policy lets it leave.
package struct AnytimeRun {
    private let engine: Engine
    private var pass: ForwardPass
    private var run: PolicyRun
    private var places: ArraySlice<ExitPlace>
    private var product: ExpertProduct?

    /// Embeds the text; no layer has run yet.
    ///
    /// - Parameter isMonotone: whether answers are those of the exits so far together, ever surer.
    package init(
        _ engine: Engine, _ text: Encoding, policy: any ExitPolicy, isMonotone: Bool = false
    ) {
        self.engine = engine
        product = isMonotone ? ExpertProduct(exits: engine.model.heads.count) : nil
        run = PolicyRun(policy, texts: 1)
        places = engine.model.places[...]
        pass = Workers.$current.withValue(engine.workers) {
            ForwardPass(engine.model, PackedBatch([text]))
        }
    }

    /// What the policy would answer at the next exit, unless answers are to be ever surer.
    ///
    /// - Parameter isStopped: asked before each layer and within it; nothing further runs where it is true.
    /// - Returns: `nil` after the last answer, and where it was stopped.
    package mutating func next(unless isStopped: () -> Bool = { false }) -> Answer? {
        guard !run.remaining.isEmpty, let place = places.first else { return nil }
        return Workers.$current.withValue(engine.workers) {
            guard pass.advance(toExit: place.index, unless: isStopped) else { return nil }
            places.removeFirst()
            let output = engine.observed(pass.output(ofExit: place.index), place)
            let observation = output.observation(0)
            let readers = run.reach(place)
            if !readers.isEmpty { _ = run.step(output, readers: readers) }
            let prediction = product?.answer(with: observation) ?? run.answer(observation, text: 0)
            return Answer(prediction: prediction, at: place)
        }
    }
}
