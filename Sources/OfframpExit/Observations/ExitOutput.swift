/// What one exit says about a batch of texts.
///
/// The engine makes one from a head's logits; a trace keeps one per exit.
public struct ExitOutput: Sendable {
    /// The exit that speaks.
    public let place: ExitPlace
    /// What the logits mean.
    public let task: TaskKind
    /// How many logits a text has.
    public let labels: Int
    /// What the logits are divided by before the softmax; 1 until calibrated.
    public let temperature: Float
    /// The head's raw output, `[texts, labels]` in row-major order.
    public let logits: [Float]
    /// softmax(logits / temperature), `[texts, labels]`; empty in a regression.
    public let probabilities: [Float]
    /// What the head says beside its logits, `[texts]`: a halting probability or a learned score.
    public let signals: [Float]?

    /// Holds the logits of some texts and works out their probabilities.
    public init(
        place: ExitPlace, task: TaskKind = .classification, labels: Int, temperature: Float = 1,
        logits: [Float], signals: [Float]? = nil
    ) {
        let isRegression = task == .regression
        precondition(labels > 0 && logits.count % labels == 0, "logits must be [texts, labels]")
        precondition(!isRegression || labels == 1, "a regression has one output")
        precondition(temperature > 0 && temperature.isFinite, "a temperature is positive")
        precondition(signals.map { $0.count == logits.count / labels } ?? true, "a signal a text")
        self.init(
            place, task, labels, temperature, logits,
            isRegression ? [] : softmax(rows: logits, labels: labels, temperature: temperature),
            signals)
    }

    private init(
        _ place: ExitPlace, _ task: TaskKind, _ labels: Int, _ temperature: Float,
        _ logits: [Float], _ probabilities: [Float], _ signals: [Float]?
    ) {
        self.place = place
        self.task = task
        self.labels = labels
        self.temperature = temperature
        self.logits = logits
        self.probabilities = probabilities
        self.signals = signals
    }
}

extension ExitOutput {
    /// How many texts there are.
    public var texts: Int { logits.count / labels }

    /// What the exit says about the text in one row.
    public func observation(_ row: Int) -> ExitObservation {
        let range = row * labels..<(row + 1) * labels
        return ExitObservation(
            place: place, task: task, temperature: temperature, logits: logits[range],
            probabilities: task == .regression ? [] : probabilities[range],
            signal: signals?[row])
    }

    /// The same exit on some of the texts only, in the order of `rows`.
    public func gathered(_ rows: [Int]) -> ExitOutput {
        ExitOutput(
            place, task, labels, temperature, gather(logits, rows),
            probabilities.isEmpty ? [] : gather(probabilities, rows),
            signals.map { signals in rows.map { signals[$0] } })
    }

    /// The same logits under another temperature.
    public func tempered(_ temperature: Float) -> ExitOutput {
        ExitOutput(
            place: place, task: task, labels: labels, temperature: temperature, logits: logits,
            signals: signals)
    }

    private func gather(_ values: [Float], _ rows: [Int]) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(rows.count * labels)
        for row in rows { result += values[row * labels..<(row + 1) * labels] }
        return result
    }
}
