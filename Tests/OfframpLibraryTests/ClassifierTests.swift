import Offramp
import TestFiles
import TestModels
import Testing

/// The library as a program outside the package sees it: nothing but `Offramp` is used.
@Suite struct ClassifierTests {
    private static let texts = ["the film was good", "a dull play", "", "cold"]

    private static func classifier(policy: String = "full") throws -> Classifier {
        try Classifier(SmallModel.folder, policy: policy, threads: 2)
    }

    @Test func `many texts are answered as each alone, in their order`() throws {
        let classifier = try Self.classifier()
        let alone = try Self.texts.map { try classifier.classify($0) }
        #expect(try classifier.classify(Self.texts) == alone)
        #expect(Set(alone.map(\.probabilities)).count == Self.texts.count)
    }

    @Test func `an answer has the name and probability of the most probable label`() throws {
        let classifier = try Self.classifier()
        let answer = try classifier.classify("the film was good")
        let best = try #require(answer.probabilities.max())
        let index = try #require(answer.probabilities.firstIndex(of: best))
        #expect(answer.label == classifier.labels[index] && answer.probability == best)
        #expect(answer.probabilities.count == classifier.labels.count)
        #expect(abs(answer.probabilities.reduce(0, +) - 1) < 1e-5)
        #expect(answer.depth == classifier.depths.last && answer.value == nil)
        #expect(!answer.isTruncated)
    }

    @Test func `a pair is not its first text`() throws {
        let classifier = try Self.classifier()
        let pair = try classifier.classify(TextInput("we liked the song", pair: "they left early"))
        #expect(try classifier.classify("we liked the song").probabilities != pair.probabilities)
    }

    @Test func `a long text is the mean of its windows, as deep as the deepest`() throws {
        let classifier = try Self.classifier(policy: "confidence:0.5")
        // Eight tokens hold six words; a quarter of them, rounded down, is said again.
        let whole = try classifier.with(longTexts: .windows(tokens: 8))
            .classify("the film was good we liked the song they left early")
        let parts = try classifier.classify([
            "the film was good we liked", "liked the song they left early",
        ])
        let mean = zip(parts[0].probabilities, parts[1].probabilities).map { ($0 + $1) / 2 }
        #expect(whole.probabilities == mean)
        #expect(whole.depth == parts.map(\.depth).max())
        #expect(!whole.isTruncated)
    }

    @Test func `a word's effect is what the answer loses without it`() throws {
        let classifier = try Self.classifier(policy: "depth:2")
        let words = try classifier.wordEffects(of: "the film was good")
        #expect(words.map(\.word) == ["the", "film", "was", "good"])
        let whole = try classifier.classify("the film was good")
        let without = try classifier.classify("the film was")
        let label = try #require(classifier.labels.firstIndex(of: whole.label))
        let lost = whole.probabilities[label] - without.probabilities[label]
        #expect(words[3].effect == lost)
    }

    @Test func `where exits answer together, a word's effect is what they lose together`() throws {
        let classifier = try Self.classifier(policy: "ensemble:0.999999")
        let words = try classifier.wordEffects(of: "the film was good")
        let whole = try classifier.classify("the film was good")
        let label = try #require(classifier.labels.firstIndex(of: whole.label))
        let exit = try #require(classifier.depths.firstIndex(of: whole.depth))
        let without = try classifier.explain("the film was").exits[exit].classification
        let lost = whole.probabilities[label] - without.probabilities[label]
        #expect(words[3].effect == lost)
    }

    @Test func `both texts of a pair have words`() throws {
        let words = try Self.classifier().wordEffects(of: TextInput("we liked", pair: "the song"))
        #expect(words.map(\.word) == ["we", "liked", "the", "song"])
        #expect(words.map(\.isInPair) == [false, false, true, true])
    }

    @Test(arguments: [
        ("", []), (" \n ", []), ("it's  good.", ["it's", "good."]),
        ("a 好电影!", ["a", "好", "电", "影", "!"]),
    ]) func `words stand between blanks`(text: String, words: [String]) throws {
        #expect(try Self.classifier().wordEffects(of: TextInput(text)).map(\.word) == words)
    }

    @Test func `an explanation ends with the answer that classifying gives`() throws {
        let classifier = try Self.classifier()
        for text in Self.texts {
            let explanation = try classifier.explain(text)
            #expect(try classifier.classify(text) == explanation.classification)
            #expect(explanation.exits.map(\.classification.depth) == classifier.depths)
            #expect(explanation.exits.count { $0.outcome == .leaves } == 1)
        }
    }

    @Test func `a policy of one's own decides`() throws {
        let asked = try Classifier(ShippedCheckpoint.folder, policy: Shallowest(), threads: 1)
        #expect(try asked.classify("a truly wonderful film").depth == asked.depths[0])
    }

    @Test func `a loaded classifier serves under other policies`() throws {
        let classifier = try Self.classifier()
        let text = Self.texts[0]
        #expect(classifier.with(policy: Shallowest()).depths == classifier.depths)
        let shallow = try classifier.with(policy: Shallowest()).classify(text)
        let first = try #require(classifier.depths.first)
        #expect(shallow.depth == first)
        #expect(try classifier.with(policy: "depth:\(first)").classify(text) == shallow)
        #expect(try classifier.classify(text).depth == classifier.depths.last)
        #expect(throws: OfframpError.self) { try classifier.with(policy: "luck:1") }
    }

    @Test func `operating points have other policies`() throws {
        let depths = try [Speed.fast, .balanced, .accurate].map { speed in
            try Classifier(ShippedCheckpoint.folder, speed: speed)
                .classify(["it never quite comes together", "so so", "a film"])
                .reduce(0) { $0 + $1.depth }
        }
        #expect(depths == depths.sorted() && depths[0] < depths[2])
    }

    @Test func `a stream answers in order, however it is cut`() async throws {
        let classifier = try Self.classifier()
        let expected = try classifier.classify(Self.texts)
        for chunk in [1, 3, 100] {
            let texts = AsyncStream { stream in
                for text in Self.texts { stream.yield(text) }
                stream.finish()
            }
            var answers: [Classification] = []
            for try await answer in classifier.classifications(of: texts, chunk: chunk) {
                answers.append(answer)
            }
            #expect(answers == expected)
        }
    }

    @Test func `what is asked for in vain is named`() {
        func place(_ body: () throws -> Classifier) -> String? {
            (failure { try body() })?.place
        }
        #expect(place { try Classifier(ShippedCheckpoint.folder, speed: "warp") } == "speed")
        #expect(place { try Classifier(ShippedCheckpoint.folder, method: "luck") } == "method")
        #expect(place { try Classifier(ShippedCheckpoint.folder, policy: "luck:1") } == "policy")
        #expect(place { try Classifier(ShippedCheckpoint.folder, threads: 0) } == "threads")
        #expect(place { try Classifier("/no/such/folder") } == "/no/such/folder")
    }
}

/// Leaves at the first exit.
private struct Shallowest: ExitPolicy {
    let name = "shallowest"

    func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
        true
    }
}
