import OfframpFiles

/// What kind of heads a set has: a row of the catalog, chosen by its name.
public struct HeadKind: Sendable {
    /// The name in checkpoints and on the command line.
    public let name: String
    /// One line for the help.
    public let summary: String
    /// Whether a head reads the logits of the one before it.
    var isChained = false
    let make: @Sendable (HeadPlace) -> any Head

    /// First token -> linear.
    public static let linear = HeadKind(
        name: "linear", summary: "the first token through a linear map (Shallow-Deep)"
    ) { LinearHead($0, pooling: .firstToken) }

    /// Mean and maximum of the tokens -> linear.
    public static let mean = HeadKind(
        name: "mean", summary: "mean and maximum of the tokens through a linear map"
    ) { LinearHead($0, pooling: .meanMax) }

    /// First token -> linear, tanh -> linear; every exit has its own.
    public static let pooler = HeadKind(
        name: "pooler",
        summary: "the first token through BERT's pooler, one for each exit (DeeBERT)"
    ) { PoolerHead($0, isShared: false) }

    /// As `pooler`, with one pooler for all exits.
    public static let sharedPooler = HeadKind(
        name: "shared-pooler", summary: "the first token through one pooler for all exits (PABEE)"
    ) { PoolerHead($0, isShared: true) }

    /// First token beside the previous exit's logits -> linear.
    public static let cascade = HeadKind(
        name: "cascade", summary: "the first token beside the previous exit's logits (ZTW)",
        isChained: true
    ) { CascadeHead($0, pooling: .firstToken) }

    /// Mean and maximum beside the previous exit's logits -> linear.
    public static let meanCascade = HeadKind(
        name: "mean-cascade",
        summary: "mean and maximum of the tokens beside the previous exit's logits (ZTW)",
        isChained: true
    ) { CascadeHead($0, pooling: .meanMax) }

    /// All kinds; a new one is a file beside this and a row here.
    public static let catalog = [linear, mean, pooler, sharedPooler, cascade, meanCascade]

    /// Finds a kind.
    ///
    /// - Throws: `OfframpError` (`usage`) that lists the names there are.
    public static func named(_ name: String) throws -> HeadKind {
        if let kind = catalog.first(where: { $0.name == name }) { return kind }
        throw OfframpError(
            .usage, at: "head", found: "\"\(name)\"",
            expected: "one of " + catalog.map(\.name).joined(separator: ", "))
    }
}

/// Where a head stands and what it is to tell apart.
public struct HeadPlace: Sendable {
    /// Width of a hidden state.
    public let width: Int
    /// Columns of the logits; 1 for a regression.
    public let labels: Int
    /// Whether an earlier exit's logits come in.
    public let hasPrevious: Bool
}
