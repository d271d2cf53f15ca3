import Offramp
import TestFiles
import TestModels
import Testing

@Suite struct ClassifierCascadeTests {
    private let small: SmallCheckpoint
    private let large: SmallCheckpoint

    init() throws {
        small = try SmallCheckpoint(seed: 1, depths: [0, 1], policy: "confidence:0.6")
        large = try SmallCheckpoint(seed: 2, policy: "confidence:0.5", temperature: 1.5)
    }

    private static let texts = SmallModel.words.flatMap { ["the \($0) film", $0, "very \($0)"] }

    private func classifiers(threads: Int = 2) throws -> [Classifier] {
        try [small, large].map { try Classifier($0.path, threads: threads) }
    }

    private func cascade(_ threshold: Float? = nil, threads: Int = 2) throws -> ClassifierCascade {
        try ClassifierCascade(classifiers(threads: threads), threshold: threshold)
    }

    /// What the first sure one of some classifiers answers, asked one after the other.
    private static func byHand(
        _ text: TextInput, _ classifiers: [Classifier], _ threshold: Float
    ) throws -> (model: Int, answer: Classification) {
        for (model, classifier) in classifiers.dropLast().enumerated() {
            let answer = try classifier.classify(text)
            if answer.probability >= threshold { return (model, answer) }
        }
        return (classifiers.count - 1, try classifiers[classifiers.count - 1].classify(text))
    }

    private static func isSame(_ answer: Classification, _ part: Classification) -> Bool {
        answer.label == part.label && answer.depth == part.depth && answer.labels == part.labels
            && answer.probabilities.map(\.bitPattern) == part.probabilities.map(\.bitPattern)
            && answer.isTruncated == part.isTruncated
    }

    @Test(arguments: [0.65, 0.7, 0.8] as [Float])
    func `the small model's answer stands where it is sure, else the large one's`(
        threshold: Float
    ) throws {
        let answers = try cascade(threshold).classify(Self.texts)
        let parts = try classifiers()
        for (text, answer) in zip(Self.texts, answers) {
            let expected = try Self.byHand(TextInput(text), parts, threshold)
            #expect(answer.model == expected.model && Self.isSame(answer, expected.answer))
        }
        #expect(Set(answers.map(\.model)) == [0, 1])
        #expect(Set(answers.filter { $0.model == 1 }.map(\.depth)).count > 1)
    }

    @Test func `three models ask each other in turn`() throws {
        let middle = try SmallCheckpoint(seed: 3)
        let parts = try [small, middle, large].map { try Classifier($0.path) }
        let answers = try ClassifierCascade(parts, threshold: 0.7).classify(Self.texts)
        for (text, answer) in zip(Self.texts, answers) {
            let expected = try Self.byHand(TextInput(text), parts, 0.7)
            #expect(answer.model == expected.model && Self.isSame(answer, expected.answer))
        }
        #expect(Set(answers.map(\.model)) == [0, 1, 2])
    }

    @Test(arguments: [(0, 0), (1.5, 1)] as [(Float, Int)])
    func `0 keeps everything, and above 1 nothing is kept`(threshold: Float, model: Int) throws {
        let alone = try classifiers()[model].classify(Self.texts)
        let answers = try cascade(threshold).classify(Self.texts)
        #expect(answers.allSatisfy { $0.model == model })
        #expect(zip(answers, alone).allSatisfy(Self.isSame))
    }

    @Test func `an answer depends on nothing but its text`() throws {
        let expected = try cascade(0.7, threads: 1).classify(Self.texts)
        let cascade = try cascade(0.7, threads: 3)
        #expect(try Self.texts.map { try cascade.classify($0) } == expected)
        #expect(try cascade.classify(Array(Self.texts.reversed())) == expected.reversed())
        #expect(try cascade.classify([String]()).isEmpty)
    }

    @Test func `a stream is answered alike`() async throws {
        let cascade = try cascade(0.7)
        let texts = AsyncStream { stream in
            for text in Self.texts { stream.yield(text) }
            stream.finish()
        }
        var answers: [Classification] = []
        for try await answer in cascade.classifications(of: texts, chunk: 7) {
            answers.append(answer)
        }
        #expect(answers == (try cascade.classify(Self.texts)))
    }

    @Test func `pairs reach both models`() throws {
        let pairs = SmallModel.words.map { TextInput("the \($0) film", pair: "we liked \($0)") }
        let answers = try cascade(0.85).classify(pairs)
        let parts = try classifiers()
        for (pair, answer) in zip(pairs, answers) {
            let expected = try Self.byHand(pair, parts, 0.85)
            #expect(answer.model == expected.model && Self.isSame(answer, expected.answer))
        }
        #expect(Set(answers.map(\.model)) == [0, 1])
    }

    @Test func `replaying a trace is running`() throws {
        let cascade = try cascade(0.7)
        let answers = try cascade.classify(Self.texts)
        let replayed = try cascade.trace(Self.texts.map { TextInput($0) }).replay(CascadeRule(0.7))
        #expect(replayed.answering == answers.map(\.model))
        #expect(replayed.answers.map(\.prediction.probabilities) == answers.map(\.probabilities))
        #expect(replayed.answers.map(\.depth) == answers.map(\.depth))
    }

    /// By hand: multiply-adds of one layer of width 16 with 24 between, and of a mean head.
    @Test func `the cost is both models', relative to the whole large one`() throws {
        func layers(_ count: Int, _ tokens: Double) -> Double {
            Double(count) * tokens * (4 * 16 * 16 + 2 * 16 * 24 + 2 * 16 * tokens)
        }
        let head = 32.0 * 3
        // Two words and what stands around them are four tokens.
        let texts = SmallModel.words.map { "very \($0)" }
        let answers = try cascade(0.7).classify(texts)
        let first = try classifiers()[0].classify(texts)
        // Heads stand at depths 0, 1, 2 and are all read on the way.
        let spent = zip(answers, first).reduce(0) { sum, answer in
            let (answer, small) = answer
            let cost = layers(small.depth, 4) + Double(small.depth + 1) * head
            guard answer.model == 1 else { return sum + cost }
            return sum + cost + layers(answer.depth, 4) + Double(answer.depth + 1) * head
        }
        let whole = Double(texts.count) * (layers(2, 4) + head)
        let trace = try cascade(0.7).trace(texts.map { TextInput($0) })
        #expect(abs(trace.replay(CascadeRule(0.7)).relativeCompute - spent / whole) < 1e-9)
    }

    @Test func `labels are matched by their names`() throws {
        let turned = try SmallCheckpoint(.classification(["c", "a", "b"]), seed: 1)
        let parts = try [turned, large].map { try Classifier($0.path) }
        let cascade = try ClassifierCascade(parts, threshold: 0)
        #expect(cascade.labels == ["a", "b", "c"])
        for text in Self.texts {
            let (answer, alone) = (try cascade.classify(text), try parts[0].classify(text))
            #expect(answer.label == alone.label && answer.labels == alone.labels)
            let moved = [1, 2, 0].map { alone.probabilities[$0] }
            #expect(answer.probabilities == moved && answer.probability == alone.probability)
            #expect(cascade.labels[answer.labelIndex] == answer.label)
        }
    }

    @Test func `several labels come in the cascade's order, whichever model gives them`() throws {
        let names = [["c", "a", "b"], ["a", "b", "c"]]
        let checkpoints = try names.enumerated().map {
            try SmallCheckpoint(ModelTask(.multiLabel, labelNames: $1), seed: UInt64($0 + 1))
        }
        let parts = try checkpoints.map { try Classifier($0.path) }
        let cascade = try ClassifierCascade(parts, threshold: 0)
        let answers = try cascade.classify(Self.texts)
        for (text, answer) in zip(Self.texts, answers) {
            #expect(answer.labels == answer.labelIndices.map { cascade.labels[$0] })
            #expect(Set(answer.labels) == Set(try parts[0].classify(text).labels))
        }
        #expect(answers.contains { $0.labels.contains("c") && $0.labels.count > 1 })
    }

    @Test func `several labels are handed on by the least sure of them`() throws {
        let task = ModelTask(.multiLabel, labelNames: ["a", "b", "c"])
        let checkpoints = try [1, 2].map { try SmallCheckpoint(task, seed: $0) }
        let parts = try checkpoints.map { try Classifier($0.path) }
        let answers = try ClassifierCascade(parts, threshold: 0.6).classify(Self.texts)
        for (text, answer) in zip(Self.texts, answers) {
            let least = try parts[0].classify(text).probabilities.map { max($0, 1 - $0) }.min()
            #expect((answer.model == 0) == (least.map { $0 >= 0.6 } ?? false))
        }
        #expect(Set(answers.map(\.model)) == [0, 1])
    }

    @Test func `checkpoints that do not go together are named`() throws {
        func refusal(_ first: ModelTask, _ second: ModelTask) throws -> (OfframpError?, [String]) {
            let checkpoints = [
                try SmallCheckpoint(first), try SmallCheckpoint(second, seed: 2),
            ]
            let parts = try checkpoints.map { try Classifier($0.path) }
            return (failure { try ClassifierCascade(parts) }, checkpoints.map(\.path))
        }
        let three = ModelTask.classification(["a", "b", "c"])
        for other in [
            ModelTask.classification(["a", "b", "d"]), .classification(["a", "b"]),
            ModelTask(.multiLabel, labelNames: ["a", "b", "c"]),
        ] {
            let (error, paths) = try refusal(other, three)
            #expect(error?.kind == .data)
            #expect(paths.allSatisfy { error?.description.contains($0) == true })
        }
        let (error, paths) = try refusal(.regression, .regression)
        #expect(error?.kind == .usage && error?.description.contains(paths[0]) == true)
        #expect(error?.description.contains("no confidence") == true)
        #expect((failure { try ClassifierCascade([]) })?.kind == .usage)
        for threshold in [-0.1, .nan] as [Float] {
            #expect((failure { try cascade(threshold) })?.place == "threshold")
        }
    }

    @Test func `a saved threshold is that of the same heads under the same policies`() throws {
        let plain = try cascade()
        #expect(plain.threshold == 0.9 && !plain.isCalibrated)
        try small.save(threshold: 0.65, for: plain.fingerprint())
        let saved = try cascade()
        #expect(saved.threshold == 0.65 && saved.isCalibrated)
        #expect(try saved.classify(Self.texts) == cascade(0.65).classify(Self.texts))
        #expect(try cascade(0.5).threshold == 0.5)
        let parts = try classifiers()
        let otherHeads = try SmallCheckpoint(seed: 9, policy: "confidence:0.5", temperature: 1.5)
        for others in [
            [parts[0], try parts[1].with(policy: "full")],
            [parts[0], try Classifier(otherHeads.path)], [parts[0], parts[1], parts[1]],
        ] {
            let other = try ClassifierCascade(others)
            #expect(other.threshold == 0.9 && !other.isCalibrated)
        }
    }

    @Test func `what the large model cannot read is refused, whoever would have answered`() throws {
        let long = Array(repeating: "good", count: 200).joined(separator: " ")
        let cascade = try cascade(0).with(longTexts: .refuse)
        let error = failure { try cascade.classify(["good", long]) }
        #expect(error?.kind == .data && error?.place == "text 2")
        #expect(try self.cascade(0).classify(long).isTruncated)
    }

    @Test func `a classifier alone is a cascade of one`() throws {
        let alone = try classifiers()[1]
        #expect(try ClassifierCascade([alone]).classify(Self.texts) == alone.classify(Self.texts))
    }
}
