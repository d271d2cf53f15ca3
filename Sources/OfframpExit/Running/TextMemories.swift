/// A policy with the memories of its texts; hides the policy's type.
///
/// The policy's type is looked up once per exit and batch, not once per text.
protocol TextMemories: Sendable {
    func reads(_ place: ExitPlace, texts: [Int]) -> [Bool]
    mutating func decide(_ output: ExitOutput, texts: [Int]) -> [Bool]
    func answer(_ exit: ExitObservation, text: Int) -> Prediction
    func reason(_ exit: ExitObservation, text: Int) -> String?
}

/// The memories of one policy's texts, indexed by a text's original number.
struct PolicyMemories<Policy: ExitPolicy>: TextMemories {
    private let policy: Policy
    private var memories: [Policy.Memory]

    init(_ policy: Policy, texts: Int) {
        self.policy = policy
        memories = (0..<texts).map { _ in policy.begin() }
    }

    func reads(_ place: ExitPlace, texts: [Int]) -> [Bool] {
        texts.map { policy.reads(place, memories[$0]) }
    }

    mutating func decide(_ output: ExitOutput, texts: [Int]) -> [Bool] {
        texts.indices.map { policy.decide(output.observation($0), &memories[texts[$0]]) }
    }

    func answer(_ exit: ExitObservation, text: Int) -> Prediction {
        policy.answer(exit, memories[text])
    }

    func reason(_ exit: ExitObservation, text: Int) -> String? {
        policy.reason(exit, memories[text])
    }
}
