import OfframpExit
import OfframpFiles

extension Method {
    /// The method with other parts than its own.
    ///
    /// - Parameters:
    ///   - head: of all exits.
    ///   - objective: of the last stage.
    ///   - policy: a policy of the kind that operating points are chosen from, or the kind's name.
    /// - Throws: `OfframpError` (`usage`) for parts that do not go together.
    package func with(
        head: HeadKind? = nil, objective: ObjectiveKind? = nil, policy: String? = nil
    ) throws -> Method {
        var method = self
        if let head { method.replaceHeads(head) }
        if let objective { try method.replaceLastObjective(objective) }
        if let policy { method.policy = policy }
        return method
    }

    /// Refuses a policy that could not decide on what the method trains.
    ///
    /// - Throws: `OfframpError` (`usage`).
    package func check(policy: String, for task: ModelTask, depths: [Int]) throws {
        let context = PolicyContext(
            task: task.kind, outputCount: task.outputCount, depths: depths,
            hasSignals: signal != nil)
        try PolicyKind.check(
            policy, for: context, learning: PolicyFittings.catalog.map(\.policy.name))
    }

    /// Refuses heads that the method's stages would not train as it means to.
    ///
    /// - Throws: `OfframpError` (`usage`).
    func check(_ heads: HeadSet) throws {
        func refusal(_ found: String, _ expected: String) -> OfframpError {
            OfframpError(
                .usage, at: "head \(heads.kind.name) with \(name)", found: found,
                expected: expected)
        }
        let trainsApart = stages.contains { $0.parts.intersection(.classifiers) == .innerHeads }
        if trainsApart, heads.isChained || heads.kind.isShared {
            throw refusal(
                "heads that are tied to each other",
                "ones that can be trained without the last one, or a method that trains all at once"
            )
        }
        let succeeds = stages.contains { $0.keepingConfidence != nil }
        if succeeds, !heads.areLinear {
            throw refusal("heads that are no linear maps", "linear, mean or pair")
        }
    }

    /// Heads that read all tokens are small networks, and diverge at the rates that suit linear maps.
    private mutating func replaceHeads(_ kind: HeadKind) {
        head = HeadChoice(kind)
        guard kind.pooling == .none else { return }
        for index in stages.indices where stages[index].hasFrozenBackbone {
            stages[index].learningRate = min(
                stages[index].learningRate, Stage.networkRate * kind.rateFactor)
        }
    }

    private mutating func replaceLastObjective(_ objective: ObjectiveKind) throws {
        if let obstacle = obstacle(to: objective) {
            let able = Method.catalog.filter { $0.obstacle(to: objective) == nil }.map(\.name)
            throw OfframpError(
                .usage, at: "objective \(objective.name) with \(name)", found: obstacle,
                expected: able.isEmpty
                    ? "another objective" : "one of the methods " + able.joined(separator: ", "))
        }
        stages[stages.count - 1].objective = objective
        stagesWhenFrozen = nil
        if !stages.contains(where: \.objective.needsSignal) { signal = nil }
    }

    /// Why the last stage cannot minimise an objective; `nil` where it can.
    private func obstacle(to objective: ObjectiveKind) -> String? {
        guard let last = stages.last else { return "no stage" }
        let before = stages.dropLast().reduce(TrainedParts()) { $0.union($1.parts) }
        let wanted = last.parts.intersection(.classifiers).subtracting(before)
        if objective.needsSignal, signal == nil { return "heads without a score" }
        if !objective.trains.isSuperset(of: wanted) {
            return "a last stage that also trains heads which this objective leaves alone"
        }
        if last.keepingConfidence != nil, !objective.isSolvedByExit {
            return "exits that are solved for, one after the other"
        }
        return nil
    }
}
