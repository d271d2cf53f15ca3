import Offramp
import TestFiles
import TestModels
import Testing

/// Parts as a program outside the package sees them.
@Suite struct ClassifierPartTests {
    private let checkpoint: DeepCheckpoint
    private let paths: [String]

    init() throws {
        checkpoint = try DeepCheckpoint(policy: "confidence:0.7")
        paths = try checkpoint.split([1, 3])
    }

    private static let texts = SmallModel.words.flatMap { ["the \($0) film", $0, "very \($0)"] }

    private func parts() throws -> [ClassifierPart] {
        try paths.map { try ClassifierPart($0, precision: .float32, threads: 2) }
    }

    private func classifier() throws -> Classifier {
        try Classifier(checkpoint.path, precision: .float32, threads: 2)
    }

    @Test func `parts answer together what the checkpoint answers`() throws {
        let parts = try parts()
        let step = try parts.dropFirst().reduce(parts[0].classify(Self.texts)) { step, part in
            try step.joined(with: part.classify(HandedOn(step.handedOn.bytes())))
        }
        #expect(step.handedOn.isEmpty && step.waiting.isEmpty)
        #expect(step.answers == (try classifier().classify(Self.texts)))
        #expect(Set(step.answers.compactMap { $0?.depth }).count > 3)
    }

    @Test func `an answer stands where the first part is sure, and the others wait`() throws {
        let step = try parts()[0].classify(Self.texts)
        let whole = try classifier().classify(Self.texts)
        #expect(step.waiting == whole.indices.filter { whole[$0].depth > 1 })
        #expect(step.handedOn.count == step.waiting.count && step.handedOn.depth == 1)
        for (text, answer) in step.answers.enumerated() where answer != nil {
            #expect(answer == whole[text])
        }
    }

    @Test func `texts themselves can be handed on to another classifier`() throws {
        let step = try parts()[0].classify(Self.texts)
        let other = try classifier().with(policy: "full")
        let answers = try other.classify(step.waiting.map { Self.texts[$0] })
        #expect(answers.count == step.waiting.count && answers.allSatisfy { $0.depth == 4 })
    }

    @Test func `pairs and long texts come through as in the checkpoint`() throws {
        let inputs = [
            TextInput("we liked the song", pair: "they left early"),
            TextInput(SmallModel.words.joined(separator: " ")), TextInput(""),
        ]
        let parts = try parts().map { try $0.with(policy: "full").with(longTexts: .headTail) }
        let step = try parts.dropFirst().reduce(parts[0].classify(inputs)) { step, part in
            try step.joined(with: part.classify(step.handedOn))
        }
        let whole = try classifier().with(policy: "full").with(longTexts: .headTail)
        #expect(step.answers == (try whole.classify(inputs)))
        #expect(step.answers.map { $0?.isTruncated } == [false, true, false])
    }

    @Test func `a part says what it is`() throws {
        let parts = try parts()
        #expect(parts.map(\.number) == [1, 2, 3] && parts.allSatisfy { $0.partCount == 3 })
        #expect(parts.map(\.depths) == [0...1, 1...3, 3...4])
        #expect(parts.map(\.exitDepths) == [[0, 1], [2, 3], [4]])
        #expect(parts.allSatisfy { $0.labels == ["bad", "fair", "good"] })
    }

    @Test func `a policy of one's own decides in every part`() throws {
        let parts = try paths.map { try ClassifierPart($0, policy: SecondLook(), threads: 1) }
        let step = try parts[0].classify(Self.texts)
        let rest = try step.joined(with: parts[1].classify(step.handedOn))
        #expect(step.answers.allSatisfy { $0?.depth == 1 } && rest.answers == step.answers)
        let later = try paths.map {
            try ClassifierPart($0, policy: SecondLook(looks: 3), threads: 1)
        }
        let answers = try later[0].classify(Self.texts)
        let joined = try answers.joined(with: later[1].classify(answers.handedOn))
        #expect(joined.answers.allSatisfy { $0?.depth == 2 })
    }

    @Test func `what is asked for in vain is named`() {
        func place(_ body: () throws -> ClassifierPart) -> String? { (failure(body))?.place }
        #expect(place { try ClassifierPart(checkpoint.path) } == checkpoint.path)
        #expect(place { try ClassifierPart("/no/such/folder") } == "/no/such/folder")
        #expect(place { try ClassifierPart(paths[0], speed: "warp") } == "speed")
        #expect(place { try ClassifierPart(paths[0], method: "luck") } == "method")
        #expect(place { try ClassifierPart(paths[0], policy: "luck:1") } == "policy")
        #expect(place { try ClassifierPart(paths[0], threads: 0) } == "threads")
        #expect(failure { try Classifier(paths[1]) }?.found.contains("part 2 of 3") == true)
    }
}

/// Leaves at the second exit that it sees, or a later one.
private struct SecondLook: ExitPolicy {
    let name = "second-look"
    var looks = 2

    func begin() -> Int { 0 }

    func decide(_ exit: ExitObservation, _ seen: inout Int) -> Bool {
        seen += 1
        return seen >= looks
    }
}
