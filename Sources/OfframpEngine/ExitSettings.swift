import OfframpExit
import OfframpFiles
import OfframpTensor

/// All about a method's exits but the weights: `exits/<method>.json`.
public struct ExitSettings: Sendable, Equatable {
    /// The method's name, which is the file's.
    public var method: String
    /// The kind of heads, by its name in the catalog.
    public var head: String
    /// The depths of the exits, ascending.
    public var depths: [Int]
    /// What each exit's logits are divided by.
    public var temperatures: [Float]
    /// The policy to use when none is asked for.
    public var policy: String
    /// Policies saved under names: `fast`, `balanced`, `accurate`.
    public var operatingPoints: [JSON.Member]
    /// What layers compute in unless something else is asked for: the fastest that kept the accuracy.
    public var precision = Precision.float32
    /// The learned ensemble, where the method has one.
    public var ensemble: EnsembleWeights?
    /// How the heads were trained; kept as it is.
    public var training: JSON
    /// What they reached; kept as it is.
    public var results: JSON

    /// Settings of fresh heads: no calibration, no results.
    public init(method: String, head: String, depths: [Int], policy: String) {
        self.method = method
        self.head = head
        self.depths = depths
        self.policy = policy
        temperatures = depths.map { _ in 1 }
        operatingPoints = []
        training = [:]
        results = [:]
    }

    /// What a policy must know of these exits.
    public func context(for task: ModelTask) -> PolicyContext {
        PolicyContext(task: task.kind, labels: task.outputs, depths: depths, ensemble: ensemble)
    }

    /// The policy saved under a name.
    ///
    /// - Throws: `OfframpError` (`usage`) that lists the names there are.
    public func operatingPoint(_ name: String) throws -> String {
        if let point = operatingPoints.first(where: { $0.key == name })?.value.string {
            return point
        }
        let names = operatingPoints.map(\.key).joined(separator: ", ")
        throw OfframpError(
            .usage, at: "speed", found: name,
            expected: names.isEmpty
                ? "no name: \(method) has no operating points" : "one of \(names)")
    }
}

extension ExitSettings {
    /// The version of the file format.
    static let format = 1

    /// Reads a settings file.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` when something is wrong in it.
    public init(file path: String, method: String, labels: Int) throws {
        let reader = SettingsReader(json: try JSON(file: path), path: path)
        guard reader.json["format"]?.int == Self.format else {
            throw reader.refusal("format", "\(Self.format)")
        }
        self.init(
            method: method, head: try reader.head(), depths: try reader.depths(),
            policy: try reader.string("policy"))
        temperatures = try reader.numbers("temperatures", count: depths.count)
        guard temperatures.allSatisfy({ $0 > 0 }) else {
            throw reader.refusal("temperatures", "numbers above 0")
        }
        operatingPoints = try reader.operatingPoints()
        precision = try reader.precision()
        if let learned = reader.json["ensemble"] {
            let inner = SettingsReader(json: learned, path: "\(path): ensemble")
            ensemble = try inner.ensemble(exits: depths.count, labels: labels)
        }
        training = reader.json["training"] ?? [:]
        results = reader.json["results"] ?? [:]
    }

    /// The content of the file.
    public var json: JSON {
        var members: [JSON.Member] = [
            .init("format", .number(Self.format)), .init("method", .string(method)),
            .init("head", .string(head)), .init("depths", .array(depths.map { .number($0) })),
            .init("temperatures", .array(temperatures.map { .number($0) })),
            .init("policy", .string(policy)), .init("precision", .string(precision.rawValue)),
            .init("operating_points", .object(operatingPoints)),
        ]
        if let ensemble {
            let learned: JSON = [
                "weights": .array(ensemble.weights.map { .number($0) }),
                "biases": .array(ensemble.biases.map { .number($0) }),
            ]
            members.append(.init("ensemble", learned))
        }
        members += [.init("training", training), .init("results", results)]
        return .object(members)
    }
}

/// Reads single values out of a settings file.
private struct SettingsReader {
    let json: JSON
    let path: String

    func string(_ key: String) throws -> String {
        guard let text = json[key]?.string else { throw refusal(key, "a text") }
        return text
    }

    func head() throws -> String {
        let name = try string("head")
        let names = HeadKind.catalog.map(\.name)
        guard names.contains(name) else {
            throw refusal("head", "one of " + names.joined(separator: ", "))
        }
        return name
    }

    func depths() throws -> [Int] {
        let elements = json["depths"]?.elements ?? []
        let depths = elements.compactMap(\.int)
        guard depths.count == elements.count, !depths.isEmpty, depths[0] >= 0,
            zip(depths, depths.dropFirst()).allSatisfy(<)
        else { throw refusal("depths", "depths from 0 in ascending order") }
        return depths
    }

    /// `float32` where the file has no such member.
    func precision() throws -> Precision {
        guard let member = json["precision"] else { return .float32 }
        guard let precision = member.string.flatMap(Precision.init) else {
            let names = Precision.allCases.map(\.rawValue)
            throw refusal("precision", "one of " + names.joined(separator: ", "))
        }
        return precision
    }

    /// The named policies; none where the file has no such member.
    func operatingPoints() throws -> [JSON.Member] {
        let points = json["operating_points"] ?? [:]
        guard let members = points.members, members.allSatisfy({ $0.value.string != nil }) else {
            throw refusal("operating_points", "an object of policies under their names")
        }
        return members
    }

    func ensemble(exits: Int, labels: Int) throws -> EnsembleWeights {
        let weights = try numbers("weights", count: exits * exits)
        let biases = try numbers("biases", count: exits * labels)
        do {
            return try EnsembleWeights(
                exits: exits, labels: labels, weights: weights, biases: biases)
        } catch let error as OfframpError { throw error.inside(path) }
    }

    func numbers(_ key: String, count: Int) throws -> [Float] {
        let elements = json[key]?.elements ?? []
        let numbers = elements.compactMap(\.double).map { Float($0) }
        guard elements.count == count, numbers.count == count, numbers.allSatisfy(\.isFinite)
        else {
            throw refusal(key, "\(count) numbers")
        }
        return numbers
    }

    func refusal(_ key: String, _ expected: String) -> OfframpError {
        OfframpError(
            .data, at: "\(path): \(key)", found: json[key]?.text() ?? "nothing", expected: expected)
    }
}

extension OfframpError {
    /// The same fault as a fault of the file that caused it.
    func inside(_ file: String) -> OfframpError {
        OfframpError(.data, at: "\(file): \(place)", found: found, expected: expected)
    }
}
