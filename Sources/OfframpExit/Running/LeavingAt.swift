/// Lets every text leave at one depth, with what a policy would answer there.
struct LeavingAt<Policy: ExitPolicy>: ExitPolicy {
    /// The policy that answers.
    let policy: Policy
    /// The depth in layers.
    let depth: Int

    var name: String { policy.name }

    func begin() -> Policy.Memory { policy.begin() }

    func reads(_ exit: ExitPlace, _ memory: Policy.Memory) -> Bool {
        exit.depth == depth || policy.reads(exit, memory)
    }

    func decide(_ exit: ExitObservation, _ memory: inout Policy.Memory) -> Bool {
        if policy.reads(exit.place, memory) { _ = policy.decide(exit, &memory) }
        return exit.place.depth == depth
    }

    func answer(_ exit: ExitObservation, _ memory: Policy.Memory) -> Prediction {
        policy.answer(exit, memory)
    }

    func reason(_ exit: ExitObservation, _ memory: Policy.Memory) -> String? {
        policy.reason(exit, memory)
    }
}

extension ExitPolicy {
    /// This policy, if every text had to leave at one depth: texts that it lets leave there are answered alike.
    package func leaving(at depth: Int) -> any ExitPolicy { LeavingAt(policy: self, depth: depth) }
}
