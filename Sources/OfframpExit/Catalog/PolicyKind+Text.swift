import OfframpFiles

extension PolicyKind {
    /// Reads a policy such as `entropy:0.3`, `entropy:0.3,0.2,0.1` or `patience:2`.
    ///
    /// - Throws: `OfframpError` of kind `usage` that says what is allowed: the names, the range of
    ///   the numbers, the options, or that the policy cannot decide on the model's task.
    package static func policy(
        _ text: String, for context: PolicyContext
    ) throws -> any ExitPolicy {
        let (kind, arguments) = try parsed(text, for: context)
        return try kind.build(arguments)
    }

    /// The policies of one kind along its sweep, from the slowest to the fastest.
    ///
    /// - Parameter text: a policy of that kind, or the kind's name. Its options hold for the whole
    ///   sweep, and so does a number of exits in a row; its other numbers do not matter.
    /// - Throws: `OfframpError` of kind `usage`, as `policy(_:for:)` does.
    package static func sweep(
        _ text: String, for context: PolicyContext
    ) throws -> [any ExitPolicy] {
        let (kind, arguments) = try parsed(text, for: context)
        return try kind.sweep(arguments).map { numbers in
            let pieces = ([numbers] + arguments.optionTexts).filter { !$0.isEmpty }
            let text = pieces.joined(separator: ",")
            return try policy(text.isEmpty ? kind.name : "\(kind.name):\(text)", for: context)
        }
    }

    /// Refuses what no sweep is made of: an unknown name or option, or a policy that cannot decide on
    /// the model's texts.
    ///
    /// - Parameter learning: the policies whose numbers are still to be learned.
    /// - Throws: `OfframpError` of kind `usage`, as `policy(_:for:)` does.
    package static func check(
        _ text: String, for context: PolicyContext, learning: [String]
    ) throws {
        let kind = try named(text.prefix { $0 != ":" })
        guard learning.contains(kind.name), kind.lacks(context) != nil else {
            _ = try sweep(text, for: context)
            return
        }
        let promised = JSON.object(learning.map { JSON.Member($0, [:]) })
        _ = try parsed(text, for: context.with(learned: promised))
    }

    private static func parsed(
        _ text: String, for context: PolicyContext
    ) throws -> (PolicyKind, PolicyArguments) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let kind = try named(parts[0])
        let arguments = PolicyArguments(
            parts.count == 2 ? parts[1] : "", of: text, context: context)
        guard kind.tasks.contains(context.task) else {
            throw arguments.wrong("a \(context.task.rawValue) model", kind.taskText(context.task))
        }
        if let lack = kind.lacks(context) { throw arguments.wrong(lack.found, lack.expected) }
        try arguments.checkOptions(kind.options)
        return (kind, arguments)
    }

    private func taskText(_ task: TaskKind) -> String {
        let able = Self.catalog.filter { $0.tasks.contains(task) }.map(\.name)
        return "a model that \(name) can decide on; for \(task.rawValue) there are "
            + able.joined(separator: ", ")
    }
}
