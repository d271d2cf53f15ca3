import OfframpFiles

/// Leaves when a small logistic model of the exit says that going on is not worth its price.
///
/// Adaptive early exits of Bolukbasi et al. (2017): gates are fitted backwards from the last exit, each
/// to the loss and compute of the gates behind it. What a gate looks at is that of JEI-DNN (Regol et
/// al., 2024).
package struct Gates: ExitPolicy {
    /// What the full depth may cost, in wrong answers per text: at 0.02 a text goes through all layers
    /// only where this makes it right with a probability of at least 2 %.
    package let price: Float
    /// The logistic model of each inner exit, `[inner exits, features + 1]`; the last is the bias.
    package let weights: [[Float]]

    /// Leaves when the models say so.
    package init(_ price: Float, weights: [[Float]]) {
        self.price = price
        self.weights = weights
    }

    package var name: String { "gates:\(numberText(price))" }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> ExitDecision {
        .leave(exit, if: !exit.place.isLast && score(exit) >= 0)
    }

    package func reason(_ exit: ExitObservation, _ memory: Void) -> String? {
        exit.place.isLast ? nil : reasonText("gate", score(exit), "from 0")
    }

    private func score(_ exit: ExitObservation) -> Float {
        zip(weights[exit.place.index], Self.features(of: exit) + [1]).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// What a gate looks at: the largest probability, its lead over the second, the entropy and the
    /// entropy of the squared probabilities, both as shares of the largest there is.
    package static func features(of exit: ExitObservation) -> [Float] {
        let largest = exit.probabilities.sorted(by: >).prefix(2)
        let confidence = largest.first ?? .nan
        let lead = confidence - (largest.count == 2 ? largest[1] : 0)
        return [
            confidence, lead, exit.normalizedEntropy(power: 1), exit.normalizedEntropy(power: 2),
        ]
    }

    /// How many numbers a gate looks at.
    package static let featureCount = 4
}

/// The gates for each of some prices.
package struct GateTable: Sendable, Equatable {
    /// Ascending.
    package let prices: [Float]
    /// `[prices, inner exits, features + 1]`.
    package let weights: [[[Float]]]

    /// Pairs prices with gates.
    package init(prices: [Float], weights: [[[Float]]]) {
        precondition(prices.count == weights.count, "gates for each price")
        self.prices = prices
        self.weights = weights
    }

    /// Reads a table as a checkpoint has it.
    ///
    /// - Throws: `OfframpError` (`data`) for other shapes or numbers.
    package init(_ json: JSON, innerExits: Int) throws {
        let reader = JSONReader(json, at: "gates")
        let prices = try reader["prices"].floats()
        let width = Gates.featureCount + 1
        let flat = try reader["weights"].floats(count: prices.count * innerExits * width)
        self.init(
            prices: prices,
            weights: prices.indices.map { price in
                (0..<innerExits).map { exit in
                    let start = (price * innerExits + exit) * width
                    return Array(flat[start..<start + width])
                }
            })
    }

    /// The table as a checkpoint has it.
    package var json: JSON {
        [
            "prices": .array(prices.map { .number($0) }),
            "weights": .array(weights.flatMap { $0 }.flatMap { $0 }.map { .number($0) }),
        ]
    }
}

extension PolicyKind {
    package static let gates = PolicyKind(
        name: "gates", syntax: "gates:C",
        summary:
            "the exit's own gate finds that going on is not worth C wrong answers per full depth",
        paper: "Bolukbasi et al. 2017; Regol et al. 2024 (JEI-DNN)",
        lacks: learnedNumbers("gates"),
        sweep: { arguments in
            try table(arguments.context).prices.map(numberText)
        },
        build: { arguments in
            let table = try table(arguments.context)
            let price = try arguments.number(among: table.prices)
            let index = table.prices.firstIndex(of: price) ?? 0
            return Gates(price, weights: table.weights[index])
        })

    private static func table(_ context: PolicyContext) throws -> GateTable {
        try GateTable(context.learned["gates"] ?? [:], innerExits: context.innerExits)
    }

    /// What a policy lacks that cannot do without learned numbers.
    static func learnedNumbers(
        _ policy: String
    ) -> @Sendable (PolicyContext) -> (found: String, expected: String)? {
        { context in
            context.learned[policy] != nil
                ? nil
                : (
                    found: "exits without learned numbers for it",
                    expected: "ones that training, or averaging, has left"
                )
        }
    }
}
