import OfframpExit
import OfframpFiles
import OfframpTensor

/// Everything about a method's exits except the weights: `exits/<method>.json`.
package struct ExitSettings: Sendable, Equatable {
    /// The method's name, which is the file's.
    package var method: String
    /// The kind of heads, by its name in the catalog.
    package var head: String
    /// The signal of the heads, if they have one.
    package var signal: Signal?
    /// The depths of the exits, ascending.
    package var depths: [Int]
    /// What each exit's logits are divided by.
    package var temperatures: [Float]
    /// The policy to use when none is asked for.
    package var policy: String
    /// Policies saved under names: `fast`, `balanced`, `accurate`.
    package var operatingPoints: [JSON.Member]
    /// What layers compute in unless another one is asked for: the fastest that kept the accuracy.
    package var precision = Precision.float32
    /// What policies have learned for these exits: an object, under the policies' names.
    package var learned: JSON = [:]
    /// How the heads were trained; kept as it is.
    package var training: JSON
    /// What they reached; kept as it is.
    package var results: JSON

    /// Settings of fresh heads: no calibration, no results.
    package init(method: String, head: String, depths: [Int], policy: String) {
        self.method = method
        self.head = head
        self.depths = depths
        self.policy = policy
        temperatures = depths.map { _ in 1 }
        operatingPoints = []
        training = [:]
        results = [:]
    }

    /// Settings of heads that were made or trained, their policy still to be chosen.
    package init(method: String, heads: HeadSet) {
        self.init(method: method, head: heads.kind.name, depths: heads.depths, policy: "full")
        signal = heads.signal
    }

    /// What a policy must know of these exits.
    package func context(for task: ModelTask) -> PolicyContext {
        PolicyContext(
            task: task.kind, outputCount: task.outputCount, depths: depths, learned: learned)
    }

    /// Heads of this kind whose parameters are still to be loaded.
    ///
    /// - Throws: `OfframpError` (`usage`) for a kind that the catalog does not have.
    func heads(width: Int, outputCount: Int) throws -> HeadSet {
        HeadSet(
            try HeadKind.named(head), signal: signal, depths: depths, width: width,
            outputCount: outputCount)
    }

    /// The policy saved under a name.
    ///
    /// - Throws: `OfframpError` (`usage`) that lists the names there are.
    package func operatingPoint(_ name: String) throws -> String {
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
    package init(file path: String, method: String) throws {
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
        signal = try reader.signal()
        learned = .object(
            PolicyKind.catalog.compactMap { kind in
                reader.json[kind.name].map { JSON.Member(kind.name, $0) }
            })
        training = reader.json["training"] ?? [:]
        results = reader.json["results"] ?? [:]
    }

    /// The content of the file.
    package var json: JSON {
        var members: [JSON.Member] = [
            .init("format", .number(Self.format)), .init("method", .string(method)),
            .init("head", .string(head)), .init("depths", .array(depths.map { .number($0) })),
            .init("temperatures", .array(temperatures.map { .number($0) })),
            .init("policy", .string(policy)), .init("precision", .string(precision.rawValue)),
            .init("operating_points", .object(operatingPoints)),
        ]
        if let signal { members.append(.init("signal", .string(signal.rawValue))) }
        members += learned.members ?? []
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

    /// None where the file has no such member.
    func signal() throws -> Signal? {
        guard let member = json["signal"] else { return nil }
        guard let signal = member.string.flatMap(Signal.init) else {
            let names = Signal.allCases.map(\.rawValue)
            throw refusal("signal", "one of " + names.joined(separator: ", "))
        }
        return signal
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
    /// The same fault, reported as one of the file that caused it.
    func inside(_ file: String) -> OfframpError {
        OfframpError(.data, at: "\(file): \(place)", found: found, expected: expected)
    }
}
