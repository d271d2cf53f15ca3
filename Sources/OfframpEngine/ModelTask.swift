import OfframpExit
import OfframpFiles

/// What a checkpoint tells apart: named labels, or a number.
public struct ModelTask: Sendable, Equatable {
    /// Classification or regression.
    public let kind: TaskKind
    /// The labels' names by index; empty for a regression.
    public let labels: [String]

    /// A classification among labels.
    public static func classification(_ labels: [String]) -> ModelTask {
        ModelTask(kind: .classification, labels: labels)
    }

    /// A regression to one number.
    public static let regression = ModelTask(kind: .regression, labels: [])

    /// Columns of the logits.
    public var outputs: Int { kind == .regression ? 1 : labels.count }

    /// Reads `id2label`, `num_labels` and `problem_type` of Hugging Face's `config.json`.
    ///
    /// - Parameter outputs: the outputs of a classifier beside it, for a configuration that names no
    ///   labels: Hugging Face leaves out what is its default. One output is a regression, as there.
    /// - Returns: `nil` where nothing tells of labels.
    /// - Throws: `OfframpError` (`data`) for ids that are not 0, 1, 2, … or another problem type.
    public init?(_ json: JSON, from place: String, outputs: Int? = nil) throws {
        let names = try Self.labels(json, place) ?? outputs.map(Self.unnamed)
        switch json["problem_type"] ?? .null {
        case "regression": self = .regression
        case .null where names == nil: return nil
        case .null where names?.count == 1: self = .regression
        case .null, "single_label_classification":
            guard let names, !names.isEmpty else {
                throw OfframpError(
                    .data, at: "\(place): id2label", found: "no labels", expected: "their names")
            }
            self = .classification(names)
        case let other:
            throw OfframpError(
                .data, at: "\(place): problem_type", found: other.text(),
                expected: "single_label_classification or regression")
        }
    }

    /// The members of `config.json` that describe this task.
    public var members: [JSON.Member] {
        let type = kind == .regression ? "regression" : "single_label_classification"
        let names = kind == .regression ? ["LABEL_0"] : labels
        let numbered = names.enumerated().map { JSON.Member("\($0.offset)", .string($0.element)) }
        let indices = names.enumerated().map { JSON.Member($0.element, .number($0.offset)) }
        return [
            .init("problem_type", .string(type)), .init("id2label", .object(numbered)),
            .init("label2id", .object(indices)),
        ]
    }

    private init(kind: TaskKind, labels: [String]) {
        self.kind = kind
        self.labels = labels
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
