import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import TestModels

/// The parts of a checkpoint, one after the other.
struct PartRow {
    let parts: [LoadedPart]

    init(_ parts: [LoadedPart]) { self.parts = parts }

    init(_ paths: [String], precision: Precision?) throws {
        parts = try paths.map {
            try LoadedPart(
                Checkpoint(part: $0), precision: precision, workers: Workers(count: 2))
        }
    }

    /// What the parts answer together.
    ///
    /// - Parameters:
    ///   - policies: of each part.
    ///   - travel: what becomes of what is handed on.
    func answers(
        _ texts: [TextInput], _ policies: [any ExitPolicy],
        travel: (HandedOn) throws -> HandedOn = { $0 }
    ) throws -> [Answer] {
        let encodings = try parts[0].encodings(texts, long: .head)
        var step = parts[0].engine.outcome(encodings, policy: policies[0])
        var (answers, waiting) = (step.answers, step.waiting)
        var handedOn = parts[0].handedOn(step, areTruncated: encodings.map(\.isTruncated))
        for (part, policy) in zip(parts, policies).dropFirst() {
            step = part.engine.outcome(try part.states(travel(handedOn)), policy: policy)
            for (text, answer) in zip(waiting, step.answers) { answers[text] = answer }
            handedOn = part.handedOn(step, areTruncated: handedOn.areTruncated)
            waiting = answers.indices.filter { answers[$0] == nil }
        }
        return answers.compactMap(\.self)
    }

    /// What the parts answer together under one policy.
    func answers(_ texts: [TextInput], _ policy: any ExitPolicy) throws -> [Answer] {
        try answers(texts, parts.map { _ in policy })
    }

    /// What the first part hands on of texts under a policy.
    func handedOn(_ texts: [TextInput], _ policy: any ExitPolicy) throws -> HandedOn {
        let encodings = try parts[0].encodings(texts, long: .head)
        let step = parts[0].engine.outcome(encodings, policy: policy)
        return parts[0].handedOn(step, areTruncated: encodings.map(\.isTruncated))
    }
}

extension DeepCheckpoint {
    /// Its parts.
    ///
    /// - Parameter depths: where it is split.
    func row(_ depths: [Int], precision: Precision = .float32) throws -> PartRow {
        let folder = "parts-" + depths.map { "\($0)" }.joined(separator: "-")
        return try withExtendedLifetime(self) {
            try PartRow(split(depths, into: folder), precision: precision)
        }
    }

    /// Its first part before the second one of another checkpoint, both split at depth 2.
    func row(before other: DeepCheckpoint) throws -> PartRow {
        PartRow([try row([2]).parts[0], try other.row([2]).parts[1]])
    }

    /// The whole model.
    func whole(_ precision: Precision = .float32) throws -> LoadedModel {
        try LoadedModel(Checkpoint(path), precision: precision, workers: Workers(count: 2))
    }

    /// Some policies of every sweep.
    func policies(depths: [Int] = [0, 1, 2, 3, 4], hasSignals: Bool = false) throws
        -> [any ExitPolicy]
    {
        let all = try EveryPolicy.suiting(task, depths: depths, hasSignals: hasSignals)
        let kinds = Dictionary(grouping: all) { String($0.name.prefix { $0 != ":" }) }
        return kinds.values.flatMap { policies in
            stride(from: 0, to: policies.count, by: max(policies.count / 3, 1)).map { policies[$0] }
        }
    }
}
