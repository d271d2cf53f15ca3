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
        let configuration = JSONReader(json, at: place)
        let names = try Self.labels(configuration) ?? outputs.map(Self.unnamed)
        guard let kind = try Self.kind(configuration["problem_type"], names) else { return nil }
        if kind.rules.hasLabels, names?.isEmpty ?? true {
            throw configuration["id2label"].error(found: "no labels", expected: "their names")
        }
        self.init(kind, labelNames: kind.rules.hasLabels ? names ?? [] : [])
    }

    private static func kind(_ type: JSONReader, _ names: [String]?) throws -> TaskKind? {
        guard let type = type.ifNotNull else {
            return names.map { $0.count == 1 ? .regression : .classification }
        }
        let kinds = TaskKind.allCases
        return try type.value(kinds.map { $0.rules.problemType }.joined(separator: " or ")) {
            json in
            kinds.first { json == .string($0.rules.problemType) }
        }
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

    /// The labels' names, or as many as `num_labels` says; `nil` where there is neither.
    private static func labels(_ configuration: JSONReader) throws -> [String]? {
        if let labels = configuration["id2label"].ifNotNull { return try names(labels) }
        return try configuration["num_labels"].ifPresent.map { number in
            unnamed(try number.int(in: 1...mostUnnamed))
        }
    }

    private static func names(_ labels: JSONReader) throws -> [String] {
        let members = try labels.members("an object of ids and names")
        var names = [String?](repeating: nil, count: members.count)
        for (key, value) in members {
            guard let id = Int(key), names.indices.contains(id), names[id] == nil,
                let name = name(value.json), !name.isEmpty
            else {
                throw labels.error(
                    found: "\"\(key)\": \(value.json?.text() ?? "nothing")",
                    expected: "the ids 0 to \(members.count - 1) with a name each")
            }
            names[id] = name
        }
        return try toldApart(names.compactMap(\.self), labels)
    }

    /// Numbers name labels too.
    private static func name(_ json: JSON?) -> String? {
        if case .number(let text) = json { text } else { json?.string }
    }

    /// Labels of the same name, as some folders of Hugging Face's have them, with their ids behind it.
    private static func toldApart(_ names: [String], _ labels: JSONReader) throws -> [String] {
        let counts = names.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        let told = names.enumerated().map { counts[$1, default: 0] > 1 ? "\($1) (\($0))" : $1 }
        guard Set(told).count == told.count else {
            throw labels.error(found: "\(told)", expected: "names that differ")
        }
        return told
    }

    private static let mostUnnamed = 1 << 16

    private static func unnamed(_ count: Int) -> [String] { (0..<count).map { "LABEL_\($0)" } }
}
