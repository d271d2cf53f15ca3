/// What one exit says about a batch of texts.
///
/// The engine makes one from a head's output; a trace keeps one per exit.
package struct ExitOutput: Sendable {
    /// The exit that speaks.
    package let place: ExitPlace
    /// What the logits mean.
    package let task: TaskKind
    /// How many logits a text has.
    package let outputCount: Int
    /// What the logits are divided by before they become probabilities; 1 until calibrated.
    package let temperature: Float
    /// The head's raw output, `[texts, outputs]`, row by row.
    package let logits: [Float]
    /// The probability of each label, `[texts, labels]`; empty in a regression.
    package let probabilities: [Float]
    /// The head's signals, `[texts]`, if it has any.
    package let signals: [Float]?

    /// Holds the logits of some texts and works out their probabilities.
    package init(
        place: ExitPlace, task: TaskKind = .classification, outputCount: Int,
        temperature: Float = 1, logits: [Float], signals: [Float]? = nil
    ) {
        precondition(
            outputCount > 0 && logits.count % outputCount == 0, "logits must be [texts, outputs]")
        precondition(temperature > 0 && temperature.isFinite, "a temperature is positive")
        precondition(
            signals.map { $0.count == logits.count / outputCount } ?? true, "a signal per text")
        self.place = place
        self.task = task
        self.outputCount = outputCount
        self.temperature = temperature
        self.logits = logits
        self.signals = signals
        probabilities = task.rules.probabilities(
            logits, outputCount: outputCount, temperature: temperature)
    }

    /// The same exit on some of the texts only, in the order of `rows`.
    private init(_ other: ExitOutput, gathering rows: [Int]) {
        func gathered(_ values: [Float]) -> [Float] {
            guard !values.isEmpty else { return [] }
            var result: [Float] = []
            result.reserveCapacity(rows.count * other.outputCount)
            for row in rows { result += values[other.range(of: row)] }
            return result
        }
        (place, task, outputCount) = (other.place, other.task, other.outputCount)
        temperature = other.temperature
        logits = gathered(other.logits)
        probabilities = gathered(other.probabilities)
        signals = other.signals.map { signals in rows.map { signals[$0] } }
    }
}

extension ExitOutput {
    /// How many texts there are.
    package var textCount: Int { logits.count / outputCount }

    /// What the exit says about the text in one row.
    package func observation(_ row: Int) -> ExitObservation {
        let range = range(of: row)
        return ExitObservation(
            place: place, task: task, temperature: temperature, logits: logits[range],
            probabilities: probabilities.isEmpty ? [] : probabilities[range],
            signal: signals?[row])
    }

    /// The same exit on some of the texts only, in the order of `rows`.
    package func gathered(_ rows: [Int]) -> ExitOutput { ExitOutput(self, gathering: rows) }

    /// An exit of which nothing is known: NaN throughout.
    package static func unknown(
        _ place: ExitPlace, task: TaskKind, outputCount: Int, texts: Int, hasSignals: Bool
    ) -> ExitOutput {
        func nothing(_ count: Int) -> [Float] { Array(repeating: .nan, count: count) }
        return ExitOutput(
            place: place, task: task, outputCount: outputCount,
            logits: nothing(texts * outputCount), signals: hasSignals ? nothing(texts) : nil)
    }

    /// The same exit on these texts, and then on others.
    package func joined(with other: ExitOutput) -> ExitOutput {
        precondition(place == other.place && outputCount == other.outputCount, "the same exit")
        return ExitOutput(
            place: place, task: task, outputCount: outputCount, temperature: temperature,
            logits: logits + other.logits,
            signals: signals.flatMap { signals in other.signals.map { signals + $0 } })
    }

    /// The same logits under another temperature.
    package func tempered(_ temperature: Float) -> ExitOutput {
        ExitOutput(
            place: place, task: task, outputCount: outputCount, temperature: temperature,
            logits: logits, signals: signals)
    }

    private func range(of row: Int) -> Range<Int> { row * outputCount..<(row + 1) * outputCount }
}
