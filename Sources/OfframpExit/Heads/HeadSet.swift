import OfframpTensor

/// The heads of one method: one at each of its depths, with signals beside them if the method has
/// any.
package struct HeadSet: Sendable {
    /// Their kind.
    package let kind: HeadKind
    /// Their signal, if they have one.
    package let signal: Signal?
    /// The depths at which they stand, ascending.
    package let depths: [Int]
    /// Columns of the logits; 1 for a regression.
    package let outputCount: Int
    var heads: [any Head]
    private var signals: [SignalHead]

    /// Heads whose parameters are still to be loaded or initialised.
    ///
    /// - Parameters:
    ///   - kind: of all heads.
    ///   - signal: what they give beside logits, if they do.
    ///   - task: what the logits mean.
    ///   - depths: strictly ascending, at least one.
    ///   - width: of a hidden state.
    ///   - outputCount: columns of the logits; 1 for a regression.
    package init(
        _ kind: HeadKind, signal: Signal? = nil, task: TaskKind = .classification, depths: [Int],
        width: Int, outputCount: Int
    ) {
        precondition(!depths.isEmpty && zip(depths, depths.dropFirst()).allSatisfy(<))
        self.kind = kind
        self.signal = signal
        self.depths = depths
        self.outputCount = outputCount
        let features = kind.pooling.features(width: width)
        heads = depths.indices.map {
            kind.make(
                HeadPlace(
                    features: features, outputCount: outputCount, task: task, exit: $0,
                    exits: depths.count))
        }
        signals =
            signal.map { signal in
                depths.map { _ in SignalHead(signal, kind.pooling, width: width) }
            } ?? []
    }

    /// The number of exits.
    package var count: Int { heads.count }

    /// Whether a head reads the one before it, so that none can be left out.
    package var isChained: Bool { kind.isChained }

    /// Multiply-adds of one exit's head and signal for one text.
    package func cost(ofExit exit: Int) -> TokenCost {
        heads[exit].cost + (signals.isEmpty ? TokenCost() : signals[exit].cost)
    }

    /// What one exit says about some texts; see `Head`.
    ///
    /// - Parameter exit: the number of the exit, from 0.
    package func output(
        ofExit exit: Int, _ features: Tensor, _ texts: TextRanges, previous: Tensor?,
        _ dropout: inout Dropout
    ) -> HeadOutput {
        HeadOutput(
            logits: heads[exit](features, texts, previous: previous, &dropout),
            signal: signal(ofExit: exit, features, texts))
    }
}

extension HeadSet {
    /// What the signal of one exit says of some texts, `[texts, 1]`; `nil` without signals.
    package func signal(ofExit exit: Int, _ features: Tensor, _ texts: TextRanges) -> Tensor? {
        signals.isEmpty ? nil : signals[exit](features, texts)
    }

    /// Replaces the map of an exit's signal.
    ///
    /// - Parameters:
    ///   - weight: `[1, features]`.
    ///   - bias: `[1]`.
    package mutating func replaceSignal(ofExit exit: Int, weight: Tensor, bias: Tensor) {
        signals[exit].replaceMap(weight: weight, bias: bias)
    }

    /// Changes signals that have learned from standardised features to ones that say the same of them as
    /// they are.
    ///
    /// - Parameter scalings: of each exit's features.
    package mutating func absorb(_ scalings: [FeatureScaling]) {
        for (exit, scaling) in scalings.enumerated() { signals[exit].absorb(scaling) }
    }
}

extension HeadSet: Parameterized {
    /// Shows every exit's parameters under `exits.<depth>.`.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        for exit in heads.indices { visitParameters(&visitor, ofExit: exit, under: prefix) }
    }

    /// Shows the parameters of one exit under `exits.<depth>.`.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, ofExit exit: Int, under prefix: String
    ) {
        visit(&visitor, exit, "\(prefix)exits.\(depths[exit]).")
    }

    /// Shows the parameters of a single exit, without its depth in the names.
    package mutating func visitOnlyExit(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        precondition(heads.count == 1, "\(heads.count) exits would have the same names")
        visit(&visitor, 0, prefix)
    }

    private mutating func visit(
        _ visitor: inout some ParameterVisitor, _ exit: Int, _ prefix: String
    ) {
        heads[exit].visitParameters(&visitor, under: prefix)
        if !signals.isEmpty { signals[exit].visitParameters(&visitor, under: prefix) }
    }
}
