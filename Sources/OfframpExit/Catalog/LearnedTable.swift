import OfframpFiles

/// The numbers that a policy's exits have learned, a row for each option that may be asked for.
package struct LearnedTable: Sendable, Equatable {
    /// Ascending.
    package let options: [Float]
    /// `[options, numbers]`.
    package let rows: [[Float]]

    /// Pairs options with rows.
    package init(options: [Float], rows: [[Float]]) {
        precondition(options.count == rows.count, "a row for each option")
        (self.options, self.rows) = (options, rows)
    }

    /// Reads a table as a checkpoint has it.
    ///
    /// - Throws: `OfframpError` (`data`) for another shape.
    fileprivate init(_ reader: JSONReader, width: Int) throws {
        let options = try reader["options"].floats()
        let numbers = try reader["numbers"].floats(count: options.count * width)
        self.init(
            options: options,
            rows: options.indices.map { Array(numbers[$0 * width..<($0 + 1) * width]) })
    }

    /// The table as a checkpoint has it.
    package var json: JSON {
        [
            "options": .array(options.map { .number($0) }),
            "numbers": .array(rows.flatMap { $0 }.map { .number($0) }),
        ]
    }
}

extension PolicyContext {
    /// The table that a policy has learned.
    ///
    /// - Parameter numbersPerExit: of each inner exit.
    /// - Throws: `OfframpError` (`data`) for another shape.
    func table(_ policy: String, numbersPerExit: Int = 1) throws -> LearnedTable {
        try LearnedTable(
            JSONReader(learned[policy] ?? [:], at: policy), width: innerExits * numbersPerExit)
    }
}

extension PolicyArguments {
    /// The option, one of a table's, and the numbers learned for it.
    ///
    /// - Throws: `OfframpError` (`usage`) for an option that the table does not have.
    func row(of table: LearnedTable) throws -> (option: Float, numbers: [Float]) {
        let option = try number(among: table.options)
        return (option, table.rows[table.options.firstIndex(of: option) ?? 0])
    }
}

extension PolicyKind {
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
