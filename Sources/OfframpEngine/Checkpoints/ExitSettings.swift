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
    /// What operating points were made to reach, and on how many rows: an object under their names; kept as
    /// it is.
    package var promises: JSON = [:]
    /// What was calibrated between this model and larger ones that it hands texts on to: an object, under the
    /// cascades' fingerprints; kept as it is.
    package var cascades: JSON = [:]
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
            task: task.kind, outputCount: task.outputCount, depths: depths,
            hasSignals: signal != nil, learned: learned)
    }

    /// Heads of this kind whose parameters are still to be loaded.
    ///
    /// - Throws: `OfframpError` (`usage`) for a kind that the catalog does not have.
    func heads(width: Int, task: ModelTask) throws -> HeadSet {
        HeadSet(
            try HeadKind.named(head), signal: signal, task: task.kind, depths: depths, width: width,
            outputCount: task.outputCount)
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
    /// Saves a policy under a name, in the place of the one that the name had. Where that one is the default,
    /// the new one becomes it.
    ///
    /// - Parameter promise: what it was made to reach.
    package mutating func save(_ policy: String, as name: String, promise: JSON) {
        let isDefault = operatingPoints.contains(JSON.Member(name, .string(self.policy)))
        if isDefault { self.policy = policy }
        operatingPoints = operatingPoints.replacing(name, .string(policy))
        promises = .object((promises.members ?? []).replacing(name, promise))
    }

    /// Saves what was calibrated for a cascade that begins with this model, in the place of what was there.
    ///
    /// - Parameter fingerprint: of the cascade.
    package mutating func save(cascade: JSON, as fingerprint: String) {
        cascades = .object((cascades.members ?? []).replacing(fingerprint, cascade))
    }
}

extension [JSON.Member] {
    fileprivate func replacing(_ key: String, _ value: JSON) -> [JSON.Member] {
        filter { $0.key != key } + [JSON.Member(key, value)]
    }
}

extension ExitSettings {
    /// The version of the file format.
    static let format = 1

    /// Reads a settings file.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` when something is wrong in it.
    package init(file path: String, method: String) throws {
        let file = try JSONReader(file: path)
        try file["format"].require(.number(Self.format))
        self.init(
            method: method, head: try file["head"].name(among: HeadKind.catalog.map(\.name)),
            depths: try file["depths"].depths(), policy: try file["policy"].string())
        temperatures = try file["temperatures"].temperatures(count: depths.count)
        operatingPoints = try file["operating_points"].ifPresent?.policies() ?? []
        promises = file["promises"].json ?? [:]
        cascades = file["cascades"].json ?? [:]
        precision = try file["precision"].ifPresent?.choice() ?? .float32
        signal = try file["signal"].ifPresent?.choice()
        learned = .object(
            PolicyKind.catalog.compactMap { kind in
                file[kind.name].json.map { JSON.Member(kind.name, $0) }
            })
        training = file["training"].json ?? [:]
        results = file["results"].json ?? [:]
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
        if promises.members?.isEmpty == false { members.append(.init("promises", promises)) }
        if cascades.members?.isEmpty == false { members.append(.init("cascades", cascades)) }
        if let signal { members.append(.init("signal", .string(signal.rawValue))) }
        members += learned.members ?? []
        members += [.init("training", training), .init("results", results)]
        return .object(members)
    }
}

extension JSONReader {
    fileprivate func depths() throws -> [Int] {
        try ints("depths from 0 in ascending order") { depths in
            depths.first.map { $0 >= 0 } ?? false && zip(depths, depths.dropFirst()).allSatisfy(<)
        }
    }

    fileprivate func temperatures(count: Int) throws -> [Float] {
        let temperatures = try floats(count: count)
        guard temperatures.allSatisfy({ $0 > 0 }) else {
            throw error(expected: "numbers above 0")
        }
        return temperatures
    }

    /// Named policies.
    fileprivate func policies() throws -> [JSON.Member] {
        try value("an object of policies under their names") { json in
            json.members.flatMap { $0.allSatisfy { $0.value.string != nil } ? $0 : nil }
        }
    }
}

extension OfframpError {
    /// The same fault, reported as one of the file that caused it.
    func inside(_ file: String) -> OfframpError {
        OfframpError(.data, at: "\(file): \(place)", found: found, expected: expected)
    }
}
