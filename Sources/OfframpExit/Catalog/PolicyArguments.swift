import OfframpFiles

/// What follows a policy's name, `0.9,most-confident` for example, read piece by piece.
///
/// Pieces are separated by commas. One that begins with a letter is an option, with or without
/// `=value`; every other one is a number.
package struct PolicyArguments: Sendable {
    /// The model that the policy is built for.
    package let context: PolicyContext
    private let policy: String
    private let numbers: [Substring]
    private let options: [(name: Substring, value: Substring?)]

    init(_ arguments: Substring, of policy: String, context: PolicyContext) {
        let pieces = arguments.split(
            separator: ",", omittingEmptySubsequences: arguments.isEmpty)
        self.context = context
        self.policy = policy
        numbers = pieces.filter { !Self.isOption($0) }
        options = pieces.filter(Self.isOption).map(Self.option)
    }
}

extension PolicyArguments {
    /// One threshold, or one for each inner exit.
    package func thresholds(in range: ClosedRange<Float>) throws -> Thresholds {
        guard numbers.count == 1 || numbers.count == context.innerExits, !numbers.isEmpty else {
            throw wrong(countText, thresholdText(range))
        }
        return Thresholds(try numbers.map { try number($0, in: range, thresholdText(range)) })
    }

    /// The one whole number.
    package func integer(in range: ClosedRange<Int>) throws -> Int {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard numbers.count == 1 else { throw wrong(countText, expected) }
        return try integer(numbers[0], in: range, expected)
    }

    /// The one whole number, which must be one of a list.
    package func integer(among allowed: [Int]) throws -> Int {
        let expected = "one of " + allowed.map(String.init).joined(separator: ", ")
        guard numbers.count == 1 else { throw wrong(countText, expected) }
        guard let value = Int(numbers[0]), allowed.contains(value) else {
            throw wrong(String(numbers[0]), expected)
        }
        return value
    }

    /// The one number.
    package func number(in range: ClosedRange<Float>) throws -> Float {
        let expected = "a number \(rangeText(range))"
        guard numbers.count == 1 else { throw wrong(countText, expected) }
        return try number(numbers[0], in: range, expected)
    }

    /// The one number, which must be one of a list.
    package func number(among allowed: [Float]) throws -> Float {
        let expected = "one of " + allowed.map(numberText).joined(separator: ", ")
        guard numbers.count == 1 else { throw wrong(countText, expected) }
        guard let value = Float(numbers[0]), allowed.contains(value) else {
            throw wrong(String(numbers[0]), expected)
        }
        return value
    }

    /// How many exits in a row, and a number for each of them.
    package func countAndNumber(
        in range: ClosedRange<Float>
    ) throws -> (count: Int, number: Float) {
        let counts = 1...max(1, context.innerExits)
        let expected =
            "a whole number from 1 to \(counts.upperBound) and a number \(rangeText(range))"
        guard numbers.count == 2 else { throw wrong(countText, expected) }
        return (
            try integer(numbers[0], in: counts, expected),
            try number(numbers[1], in: range, expected)
        )
    }

    /// How many of the labels that a text has one of count: the option `top`.
    func topLabels() throws -> Int? {
        let top = try option("top", in: 2...max(2, context.outputCount))
        guard top != nil, context.task == .multiLabel else { return top }
        throw wrong("the option top", "none where a text may have several labels")
    }

    /// How many exits in a row a sweep is about; `usual`, or what the model has, unless it was said.
    func count(or usual: Int) -> Int {
        numbers.first.flatMap { Int($0) } ?? min(usual, max(1, context.innerExits))
    }

    /// Whether an option without a value is there.
    package func flag(_ name: String) throws -> Bool {
        guard let option = options.first(where: { $0.name == name }) else { return false }
        guard option.value == nil else { throw wrong("a value for \(name)", name) }
        return true
    }

    /// The whole number of an option, if the option is there.
    package func option(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        let expected = "\(name)=N, N from \(range.lowerBound) to \(range.upperBound)"
        return try value(of: name, expected).map { try integer($0, in: range, expected) }
    }

    /// The number of an option, if the option is there.
    package func option(_ name: String, in range: ClosedRange<Float>) throws -> Float? {
        let expected = "\(name)=X, X \(rangeText(range))"
        return try value(of: name, expected).map { try number($0, in: range, expected) }
    }

    /// Whether an option is there, with or without a value.
    package func has(_ option: String) -> Bool { options.contains { $0.name == option } }

    /// The options as they were written.
    var optionTexts: [String] {
        options.map { option in
            String(option.name) + (option.value.map { "=\($0)" } ?? "")
        }
    }

    /// Refuses numbers where a policy takes none.
    package func noNumbers() throws {
        guard numbers.isEmpty else { throw wrong(countText, "nothing behind the name") }
    }

    /// Refuses options that a policy does not have, and options given twice.
    func checkOptions(_ allowed: [String]) throws {
        let names = options.map { String($0.name) }
        let expected =
            allowed.isEmpty ? "no option" : "of options only " + allowed.joined(separator: ", ")
        if let unknown = names.first(where: { !allowed.contains($0) }) {
            throw wrong("option \(unknown)", expected)
        }
        guard Set(names).count == names.count else { throw wrong("an option twice", "it once") }
    }

    /// An error about this policy.
    package func wrong(_ found: String, _ expected: String) -> OfframpError {
        OfframpError(.usage, at: "policy \(policy)", found: found, expected: expected)
    }
}

extension PolicyArguments {
    private var countText: String { numbers.count == 1 ? "1 number" : "\(numbers.count) numbers" }

    private func thresholdText(_ range: ClosedRange<Float>) -> String {
        let each =
            context.innerExits > 1
            ? ", or one for each of the \(context.innerExits) inner exits" : ""
        return "a number \(rangeText(range))\(each)"
    }

    private func rangeText(_ range: ClosedRange<Float>) -> String {
        let least = numberText(range.lowerBound)
        return range.upperBound == .greatestFiniteMagnitude
            ? "of at least \(least)" : "from \(least) to \(numberText(range.upperBound))"
    }

    private func number(
        _ text: Substring, in range: ClosedRange<Float>, _ expected: String
    ) throws -> Float {
        guard let value = Float(text), range.contains(value) else {
            throw wrong(text.isEmpty ? "nothing" : String(text), expected)
        }
        return value
    }

    private func integer(
        _ text: Substring, in range: ClosedRange<Int>, _ expected: String
    ) throws -> Int {
        guard let value = Int(text), range.contains(value) else {
            throw wrong(text.isEmpty ? "nothing" : String(text), expected)
        }
        return value
    }

    private func value(of name: String, _ expected: String) throws -> Substring? {
        guard let option = options.first(where: { $0.name == name }) else { return nil }
        guard let value = option.value else { throw wrong("\(name) without a value", expected) }
        return value
    }

    private static func isOption(_ piece: Substring) -> Bool { piece.first?.isLetter ?? false }

    private static func option(_ piece: Substring) -> (name: Substring, value: Substring?) {
        let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (parts[0], parts.count == 2 ? parts[1] : nil)
    }
}
