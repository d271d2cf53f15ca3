import Offramp
import TestFiles
import Testing

@Suite(.enabled(if: ShippedCheckpoint.isAvailable, ShippedCheckpoint.reason)) struct AnytimeTests {
    private static let texts = [
        "the film was good", "it never quite comes together", "", "cold day and a very warm meal",
    ]

    private func answers(_ classifier: Classifier, _ text: String) async throws -> [Classification]
    {
        try await classifier.answers(to: text).reduce(into: []) { $0.append($1) }
    }

    @Test(arguments: ["full", "depth:1", "confidence:0.4", "patience:1"])
    func `every exit answers as it would alone, and the last answer is the policy's`(
        policy: String
    ) async throws {
        let classifier = try Classifier(ShippedCheckpoint.folder, policy: policy, threads: 2)
        for text in Self.texts {
            let found = try await answers(classifier, text)
            let final = try classifier.classify(text)
            #expect(found.last == final)
            #expect(found.map(\.depth) == classifier.depths.filter { $0 <= final.depth })
            for answer in found.dropLast() {
                let alone = try classifier.with(policy: "depth:\(answer.depth)").classify(text)
                #expect(answer == alone)
            }
        }
    }

    @Test func `exits that answer together do so at any time`() async throws {
        let classifier = try Classifier(ShippedCheckpoint.folder, policy: "ensemble:0.999999")
        for text in Self.texts {
            let found = try await answers(classifier, text)
            let explained = try classifier.explain(text).exits.map(\.classification)
            #expect(found == Array(explained.prefix(found.count)))
            #expect(found.last == (try classifier.classify(text)))
        }
    }

    @Test func `layers run only when an answer is asked for`() async throws {
        let classifier = try Classifier(ShippedCheckpoint.folder, policy: "full")
        var iterator = classifier.answers(to: "the film was good").makeAsyncIterator()
        let first = try await iterator.next()
        #expect(first?.depth == classifier.depths.first)
    }

    @Test func `a cancelled task gets no further answer`() async throws {
        let classifier = try Classifier(ShippedCheckpoint.folder, policy: "full")
        let task = Task { () -> [Int] in
            var depths: [Int] = []
            do {
                for try await answer in classifier.answers(to: "the film was good") {
                    depths.append(answer.depth)
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            } catch is CancellationError { return depths }
            return []
        }
        #expect(try await task.value == [classifier.depths[0]])
    }

    @Test func `without time the first exit answers, with enough of it the policy`() throws {
        let classifier = try Classifier(ShippedCheckpoint.folder, policy: "full")
        for text in Self.texts {
            let first = try classifier.classify(text, within: .zero)
            #expect(
                first
                    == (try classifier.with(policy: "depth:\(classifier.depths[0])").classify(text))
            )
            let last = try classifier.classify(text, within: .seconds(3600))
            #expect(last == (try classifier.classify(text)))
        }
    }

    @Test func `monotone answers are never less sure than those before`() async throws {
        let classifier = try Classifier(ShippedCheckpoint.folder, policy: "full")
        for text in Self.texts {
            let found = try await classifier.answers(to: text, isMonotone: true)
                .reduce(into: []) { $0.append($1) }
            #expect(found.map(\.depth) == classifier.depths)
            let sureness = found.map(\.probability)
            #expect(zip(sureness, sureness.dropFirst()).allSatisfy(<=))
            let late = try classifier.classify(text, within: .seconds(3600), isMonotone: true)
            #expect(late == found.last)
        }
    }

    @Test func `windows of long texts are refused`() throws {
        let classifier = try Classifier(ShippedCheckpoint.folder, policy: "full")
            .with(longTexts: .windows(tokens: 16))
        #expect(throws: OfframpError.self) { try classifier.classify("good", within: .seconds(1)) }
    }
}
