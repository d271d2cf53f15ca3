import Glibc
import OfframpFiles

/// All policies by name. A new policy is one file in `Policies/` and one row here.
public enum PolicyCatalog {
    /// The kinds of policy, as a help text lists them.
    public static let rows: [PolicyRow] = [
        PolicyRow(
            name: "full", syntax: "full", summary: "never: the last exit answers",
            paper: "", tasks: [.classification, .regression], options: [],
            sweep: { _ in [""] },
            build: {
                try $0.noNumbers()
                return Full()
            }),
        PolicyRow(
            name: "depth", syntax: "depth:K", summary: "after K layers, whatever the exit says",
            paper: "", tasks: [.classification, .regression], options: [],
            sweep: { $0.depths.reversed().map { "\($0)" } },
            build: { FixedDepth(try $0.integer(among: $0.context.depths)) }),
        PolicyRow(
            name: "entropy", syntax: "entropy:T or entropy:T1,T2,...",
            summary: "the entropy of the probabilities, in nats, is below T",
            paper: "Teerapittayanon et al. 2016 (BranchyNet); Xin et al. 2020 (DeeBERT)",
            tasks: [.classification], options: [],
            sweep: { context in Sweep.numbers { log(Float(context.labels)) * $0 } },
            build: { Entropy(try $0.thresholds(in: 0...Float.greatestFiniteMagnitude)) }),
        PolicyRow(
            name: "uncertainty", syntax: "uncertainty:S[,top=N] or uncertainty:S1,S2,...[,top=N]",
            summary: "the entropy of the N most probable labels (5), divided by ln N, is below S",
            paper: "Liu et al. 2020 (FastBERT)", tasks: [.classification], options: ["top"],
            sweep: { _ in Sweep.numbers { $0 } },
            build: {
                let thresholds = try $0.thresholds(in: 0...1)
                let top = try $0.option("top", in: 2...max(2, $0.context.labels))
                return Uncertainty(thresholds, top: top)
            }),
        PolicyRow(
            name: "confidence",
            syntax: "confidence:T[,most-confident] or confidence:T1,T2,...[,most-confident]",
            summary: "the largest probability is at least T; "
                + "with most-confident, the surest exit answers if none is",
            paper: "Kaya et al. 2019 (Shallow-Deep Networks)",
            tasks: [.classification], options: ["most-confident"],
            sweep: Sweep.confidences,
            build: {
                let thresholds = try $0.thresholds(in: 0...1)
                return Confidence(thresholds, mostConfident: try $0.flag("most-confident"))
            }),
        PolicyRow(
            name: "patience", syntax: "patience:N, in a regression patience:N,tolerance=X",
            summary: "N exits in a row confirm the one before them",
            paper: "Zhou et al. 2020 (PABEE)",
            tasks: [.classification, .regression], options: ["tolerance"],
            sweep: Sweep.patience, build: patience),
        PolicyRow(
            name: "ensemble", syntax: "ensemble:T or ensemble:T1,T2,...",
            summary: "the exits so far, taken together, are at least T sure; they answer together",
            paper: "Wołczyk et al. 2021 (Zero Time Waste)", tasks: [.classification], options: [],
            sweep: Sweep.confidences,
            build: {
                let context = $0.context
                let unlearned = EnsembleWeights.unlearned(
                    exits: context.depths.count, labels: context.labels)
                return Ensemble(
                    try $0.thresholds(in: 0...1), weights: context.ensemble ?? unlearned)
            }),
    ]

    @Sendable private static func patience(_ arguments: PolicyArguments) throws -> any ExitPolicy {
        let patience = try arguments.integer(in: 1...max(1, arguments.context.innerExits))
        let most = Float.greatestFiniteMagnitude
        let tolerance = try arguments.option("tolerance", in: 0...most)
        let isRegression = arguments.context.task == .regression
        guard isRegression == (tolerance != nil) else {
            throw arguments.wrong(
                isRegression ? "no tolerance" : "a tolerance",
                isRegression ? "patience:N,tolerance=X" : "patience:N, as labels agree or do not")
        }
        return Patience(patience, tolerance: tolerance)
    }
}

extension PolicyCatalog {
    /// Reads a policy such as `entropy:0.3`, `entropy:0.3,0.2,0.1` or `patience:2`.
    ///
    /// - Throws: `OfframpError` of kind `usage` that says what is allowed: the names, the range of
    ///   the numbers, the options, or that the policy cannot decide on the model's task.
    public static func policy(
        _ text: String, for context: PolicyContext
    ) throws -> any ExitPolicy {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let row = try row(String(parts[0]))
        let arguments = PolicyArguments(
            parts.count == 2 ? parts[1] : "", of: text, context: context)
        guard row.tasks.contains(context.task) else {
            throw arguments.wrong("a \(context.task.rawValue) model", taskText(row, context.task))
        }
        try arguments.checkOptions(row.options)
        return try row.build(arguments)
    }

    /// The policies of one kind along its sweep, from the slowest to the fastest.
    ///
    /// - Throws: `OfframpError` of kind `usage`, as `policy(_:for:)` does.
    public static func sweep(
        _ name: String, for context: PolicyContext
    ) throws -> [any ExitPolicy] {
        try row(name).sweep(context).map {
            try policy($0.isEmpty ? name : "\(name):\($0)", for: context)
        }
    }

    private static func row(_ name: String) throws -> PolicyRow {
        if let row = rows.first(where: { $0.name == name }) { return row }
        let names = rows.map(\.name).joined(separator: ", ")
        throw OfframpError(
            .usage, at: "policy", found: name.isEmpty ? "no name" : name,
            expected: "one of \(names)")
    }

    private static func taskText(_ row: PolicyRow, _ task: TaskKind) -> String {
        let able = rows.filter { $0.tasks.contains(task) }.map(\.name).joined(separator: ", ")
        return "a model that \(row.name) can decide on; for \(task.rawValue) there are \(able)"
    }
}
