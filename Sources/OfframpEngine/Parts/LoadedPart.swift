import OfframpEncoder
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// A part of a split checkpoint in memory, ready to run, with the heads of one method.
package struct LoadedPart: Sendable {
    /// Which part it is.
    package let part: ModelPart
    /// Everything about the exits of all parts except the weights.
    package let settings: ExitSettings
    /// What runs texts as far as the part goes.
    package let engine: Engine
    private let configuration: EncoderConfiguration
    /// What turns texts into word pieces; `nil` in a part that begins with hidden states.
    private let reader: TextReader?
    /// Of all exits, in their order.
    private let fingerprints: [String]

    /// Loads the heads of one method that stand in the part, with its layers.
    ///
    /// - Parameters:
    ///   - checkpoint: opened as a part.
    ///   - method: of the heads; `nil` for the checkpoint's default.
    ///   - precision: of the layers; `nil` takes what the settings recommend.
    /// - Throws: `OfframpError`.
    package init(
        _ checkpoint: Checkpoint, method: String? = nil, precision: Precision? = nil,
        workers: Workers = .all
    ) throws {
        guard let part = checkpoint.part else { preconditionFailure("a whole checkpoint") }
        let settings = try checkpoint.settings(method ?? checkpoint.defaultMethod())
        let fingerprints = part.exits[settings.method] ?? []
        guard fingerprints.count == settings.depths.count else {
            throw OfframpError(
                .data, at: "\(checkpoint.folder.part): exits: \(settings.method)",
                found: "\(fingerprints.count) fingerprints",
                expected: "one for each of \(settings.depths.count) exits")
        }
        (self.part, self.settings, self.fingerprints) = (part, settings, fingerprints)
        configuration = checkpoint.configuration
        reader = part.depths.lowerBound == 0 ? try TextReader(checkpoint, workers: workers) : nil
        engine = Engine(
            model: try checkpoint.model(settings, precision ?? settings.precision),
            task: try checkpoint.requiredTask(), temperatures: settings.temperatures,
            workers: workers)
    }
}

extension LoadedPart {
    /// What the logits mean.
    package var task: ModelTask { engine.task }

    /// What a policy must know of the exits of all parts.
    package var context: PolicyContext { settings.context(for: task) }

    /// Tokenises texts, in order.
    ///
    /// - Throws: `OfframpError`: `data`, as `TextReader.parts`; `usage` in a part that begins with hidden states, and
    ///   for windows, each of which would go its own way.
    package func encodings(_ texts: [TextInput], long: LongTexts) throws -> [Encoding] {
        guard let reader else {
            throw OfframpError(
                .usage, at: part.name, found: "texts",
                expected: "what the part before hands on at depth \(part.depths.lowerBound)")
        }
        try long.refuseWindows(at: part.name)
        return try reader.parts(texts, long: long).map { $0[0] }
    }

    /// The texts that an outcome leaves to the next part.
    ///
    /// - Parameter areTruncated: of all texts of the outcome.
    package func handedOn(_ outcome: PartOutcome, areTruncated: [Bool]) -> HandedOn {
        HandedOn(
            depth: part.depths.upperBound, backbone: part.backbone, hidden: outcome.states.hidden,
            texts: outcome.states.texts, areTruncated: outcome.waiting.map { areTruncated[$0] },
            exits: outcome.states.heard.map { output in
                SpokenExit(
                    depth: output.place.depth, fingerprint: fingerprints[output.place.index],
                    logits: Tensor(
                        output.logits, rows: output.textCount, columns: output.outputCount),
                    signals: output.signals.map { Tensor($0) })
            })
    }

    /// What another part hands on, as this one goes on from it. Of the exits so far it takes those that are exits of its
    /// own model, by their fingerprints; others have said nothing that its policy could use.
    ///
    /// - Throws: `OfframpError` (`data`) where it does not fit this part.
    package func states(_ handedOn: HandedOn) throws -> TextStates {
        try check(handedOn)
        let heard = try engine.model.earlierPlaces.compactMap { place in
            let known = handedOn.exits.first { $0.fingerprint == fingerprints[place.index] }
            return try known.map { try output($0, place) }
        }
        let states = TextStates(hidden: handedOn.hidden, texts: handedOn.texts, heard: heard)
        try checkChain(states)
        return states
    }
}

extension LoadedPart {
    private func check(_ handedOn: HandedOn) throws {
        let expected = part.depths.lowerBound
        guard expected > 0 else { throw error("hidden states", "texts: it is the first part") }
        guard handedOn.depth == expected else {
            throw error("hidden states of depth \(handedOn.depth)", "those of depth \(expected)")
        }
        guard handedOn.backbone == part.backbone else {
            throw error(
                "hidden states of another encoder, \(handedOn.backbone)",
                "those of the encoder \(part.backbone)")
        }
        guard handedOn.hidden.columns == configuration.width else {
            throw error(
                "hidden states of width \(handedOn.hidden.columns)", "width \(configuration.width)")
        }
        guard handedOn.texts.longest <= configuration.positionCount else {
            throw error(
                "a text of \(handedOn.texts.longest) tokens",
                "at most \(configuration.positionCount)")
        }
    }

    /// What an exit of an earlier part has said, as one of this model's exits.
    private func output(_ exit: SpokenExit, _ place: ExitPlace) throws -> ExitOutput {
        let hasSignals = engine.model.heads.signal != nil
        guard exit.logits.columns == task.outputCount, (exit.signals != nil) == hasSignals else {
            let found = "\(exit.logits.columns) logits, \(exit.signals == nil ? "no" : "a") signal"
            throw error(
                "of the exit at depth \(exit.depth) \(found)",
                "\(task.outputCount) logits, \(hasSignals ? "a" : "no") signal")
        }
        return ExitOutput(
            place: place, task: task.kind, outputCount: task.outputCount,
            temperature: settings.temperatures[place.index], logits: exit.logits.values,
            signals: exit.signals?.values)
    }

    /// Refuses texts where a head of this part would miss the logits of the exit before it.
    private func checkChain(_ states: TextStates) throws {
        let model = engine.model
        guard model.heads.isChained, let before = model.earlierPlaces.last, states.texts.count > 0,
            !model.ownPlaces.isEmpty, states.logits(before: model) == nil
        else { return }
        throw error(
            "nothing from the exit at depth \(before.depth) of \(settings.method)",
            "its logits, which the next head reads")
    }

    private func error(_ found: String, _ expected: String) -> OfframpError {
        OfframpError(.data, at: part.name, found: found, expected: expected)
    }
}
