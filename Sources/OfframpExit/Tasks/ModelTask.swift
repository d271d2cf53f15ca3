import OfframpFiles

/// What a checkpoint answers: one of its named labels, or a number.
package struct ModelTask: Sendable, Equatable {
    /// What the logits mean.
    package let kind: TaskKind
    /// The labels' names by index; empty for a regression.
    package let labelNames: [String]

    /// A task of some kind.
    ///
    /// - Parameter labelNames: none for a task without labels.
    package init(_ kind: TaskKind, labelNames: [String] = []) {
        precondition(kind.rules.hasLabels != labelNames.isEmpty, "names for labels alone")
        self.kind = kind
        self.labelNames = labelNames
    }

    /// A classification among labels.
    package static func classification(_ labelNames: [String]) -> ModelTask {
        ModelTask(.classification, labelNames: labelNames)
    }

    /// A regression to one number.
    package static let regression = ModelTask(.regression)

    /// Columns of the logits.
    package var outputCount: Int { max(labelNames.count, 1) }

    /// The rules of its kind.
    package var rules: any TaskRules.Type { kind.rules }

    /// The labels in words, for errors.
    package var labelText: String {
        labelNames.isEmpty ? "no labels" : "the labels \(labelNames)"
    }

    /// Reads `id2label`, `num_labels` and `problem_type` of Hugging Face's `config.json`.
    ///
    /// - Parameter outputs: the outputs of a classifier beside it, for a configuration that names no
    ///   labels: Hugging Face leaves out what is its default. One output is a regression, as there.
    /// - Returns: `nil` where the file says nothing about labels.
    /// - Throws: `OfframpError` (`data`) for ids that are not 0, 1, 2, … or another problem type.
    package init?(_ json: JSON, from place: String, outputs: Int? = nil) throws {
        let names = try Self.labels(json, place) ?? outputs.map(Self.unnamed)
        guard let kind = try Self.kind(json["problem_type"] ?? .null, names, place) else {
            return nil
        }
        if kind.rules.hasLabels, names?.isEmpty ?? true {
            throw OfframpError(
                .data, at: "\(place): id2label", found: "no labels", expected: "their names")
        }
        self.init(kind, labelNames: kind.rules.hasLabels ? names ?? [] : [])
    }

    private static func kind(
        _ type: JSON, _ names: [String]?, _ place: String
    ) throws -> TaskKind? {
        if type == .null { return names.map { $0.count == 1 ? .regression : .classification } }
        let kinds = TaskKind.allCases
        if let kind = kinds.first(where: { type == .string($0.rules.problemType) }) { return kind }
        throw OfframpError(
            .data, at: "\(place): problem_type", found: type.text(),
            expected: kinds.map { $0.rules.problemType }.joined(separator: " or "))
    }

    /// The members of `config.json` that describe this task.
    package var members: [JSON.Member] {
        let names = labelNames.isEmpty ? Self.unnamed(1) : labelNames
        let numbered = names.enumerated().map { JSON.Member("\($0.offset)", .string($0.element)) }
        let indices = names.enumerated().map { JSON.Member($0.element, .number($0.offset)) }
        return [
            .init("problem_type", .string(rules.problemType)),
            .init("id2label", .object(numbered)), .init("label2id", .object(indices)),
        ]
    }

    private static func labels(_ json: JSON, _ place: String) throws -> [String]? {
        guard let members = json["id2label"]?.members else { return try count(json, place) }
        var names = [String?](repeating: nil, count: members.count)
        for member in members {
            guard let index = Int(member.key), names.indices.contains(index), names[index] == nil,
                let name = member.value.string
            else {
                throw OfframpError(
                    .data, at: "\(place): id2label", found: "\"\(member.key)\"",
                    expected: "the ids 0 to \(members.count - 1) with a name each")
            }
            guard !name.isEmpty, !names.contains(name) else {
                throw OfframpError(
                    .data, at: "\(place): id2label", found: "\"\(name)\" for \(index)",
                    expected: "a name that no other label has")
            }
            names[index] = name
        }
        return names.compactMap(\.self)
    }

    /// The names of labels of which only the number is known.
    private static func count(_ json: JSON, _ place: String) throws -> [String]? {
        guard let found = json["num_labels"] else { return nil }
        guard let count = found.int, (1...mostUnnamed).contains(count) else {
            throw OfframpError(
                .data, at: "\(place): num_labels", found: found.text(),
                expected: "a whole number from 1 to \(mostUnnamed)")
        }
        return unnamed(count)
    }

    private static let mostUnnamed = 1 << 16

    private static func unnamed(_ count: Int) -> [String] { (0..<count).map { "LABEL_\($0)" } }
}
