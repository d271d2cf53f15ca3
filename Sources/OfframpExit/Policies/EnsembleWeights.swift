import OfframpFiles

/// The learned numbers of an ensemble over exits: how much exit i trusts each exit j <= i.
package struct EnsembleWeights: Sendable, Equatable {
    /// How many exits there are.
    package let exits: Int
    /// How many labels there are.
    package let labels: Int
    /// The logarithms w of the weights, from -50 to 50, `[exits, exits]`; entries right of the
    /// diagonal are not read.
    package let weights: [Float]
    /// What is added to each label's log-probability before normalising, `[exits, labels]`, within
    /// the same bounds.
    package let biases: [Float]

    /// Holds learned numbers.
    ///
    /// - Throws: `OfframpError` of kind `data` if a shape does not fit or a number is not finite or out of range.
    package init(exits: Int, labels: Int, weights: [Float], biases: [Float]) throws {
        self.exits = exits
        self.labels = labels
        self.weights = weights
        self.biases = biases
        try Self.check(weights, "weights", exits, exits)
        try Self.check(biases, "biases", exits, labels)
    }

    private init(unlearnedExits exits: Int, labels: Int) {
        self.exits = exits
        self.labels = labels
        weights = Array(repeating: 0, count: exits * exits)
        biases = Array(repeating: 0, count: exits * labels)
    }

    /// All zero: each exit answers with the geometric mean of what it and those before it say.
    package static func unlearned(exits: Int, labels: Int) -> EnsembleWeights {
        EnsembleWeights(unlearnedExits: exits, labels: labels)
    }

    /// Reads learned numbers as a checkpoint has them.
    ///
    /// - Throws: `OfframpError` of kind `data`, as above.
    package init(_ json: JSON, exits: Int, labels: Int) throws {
        let numbers = JSONReader(json, at: "ensemble")
        try self.init(
            exits: exits, labels: labels,
            weights: numbers["weights"].floats(count: exits * exits),
            biases: numbers["biases"].floats(count: exits * labels))
    }

    /// The numbers as a checkpoint has them.
    package var json: JSON {
        [
            "weights": .array(weights.map { .number($0) }),
            "biases": .array(biases.map { .number($0) }),
        ]
    }

    private static func check(
        _ values: [Float], _ name: String, _ rows: Int, _ columns: Int
    ) throws {
        let place = "ensemble \(name)"
        guard values.count == rows * columns else {
            throw OfframpError(
                .data, at: place, found: "\(values.count) numbers",
                expected: "\(rows) x \(columns)")
        }
        // exp(50) times the least log-probability still fits a Float many times over.
        if let wrong = values.first(where: { !(abs($0) <= 50) }) {
            throw OfframpError(
                .data, at: place, found: "\(wrong)", expected: "numbers from -50 to 50")
        }
    }
}
