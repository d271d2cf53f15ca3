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
        if let head { method.head = HeadChoice(head) }
        if let objective { try method.replaceLastObjective(objective) }
        if let policy { method.policy = policy }
        return method
    }

    /// Refuses a policy that could not decide on what the method trains.
    ///
    /// - Throws: `OfframpError` (`usage`).
    package func check(policy: String, for task: ModelTask, depths: [Int]) throws {
        // The numbers that some policies learn will be there.
        let learned = PolicyFittings.catalog.map { JSON.Member($0.policy.name, [:]) }
        let context = PolicyContext(
            task: task.kind, outputCount: task.outputCount, depths: depths,
            hasSignals: signal != nil, learned: .object(learned))
        try PolicyKind.check(policy, for: context)
    }

    private mutating func replaceLastObjective(_ objective: ObjectiveKind) throws {
        let last = stages.count - 1
        if objective.needsSignal, signal == nil {
            throw refusal(
                of: objective, "heads without a score",
                Method.catalog.filter { $0.signal != nil })
        }
        if !objective.readsLabels, stages[last].parts.contains(.lastHead) {
            throw refusal(
                of: objective, "a method whose last stage trains the last exit, which needs labels",
                Method.catalog.filter { $0.stages.last?.parts.contains(.lastHead) == false })
        }
        stages[last].objective = objective
        stagesWhenFrozen = nil
        if !stages.contains(where: \.objective.needsSignal) { signal = nil }
    }

    private func refusal(
        of objective: ObjectiveKind, _ found: String, _ able: [Method]
    ) -> OfframpError {
        OfframpError(
            .usage, at: "objective \(objective.name) with \(name)", found: found,
            expected: "one of the methods " + able.map(\.name).joined(separator: ", "))
    }
}
