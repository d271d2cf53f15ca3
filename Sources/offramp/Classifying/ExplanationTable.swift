import Offramp

/// What each exit thought of one text, and why the text left. The last line is the full model's.
struct ExplanationTable {
    private var table: TextTable

    private static let barWidth = 10

    /// - Parameter isTerminal: whether a bar shows how sure each exit is.
    init(_ exits: [ExitExplanation], isTerminal: Bool) {
        let hasLabels = exits.first?.classification.value == nil
        let hasBars = hasLabels && isTerminal
        let answer: [(title: String, alignment: TextTable.Alignment)] =
            hasLabels ? [("label", .left), ("score", .right)] : [("value", .right)]
        table = TextTable(
            [("depth", .right)] + answer + (hasBars ? [("", .left)] : [])
                + [("", .left), ("because", .left)])
        for (index, exit) in exits.enumerated() {
            let bar = Bar.text(Double(exit.classification.probability), width: Self.barWidth)
            let full = index == exits.count - 1 ? "the full model" : nil
            table.add(
                ["\(exit.classification.depth)"] + exit.classification.cells
                    + (hasBars ? [bar] : [])
                    + [exit.outcome.text, exit.reason ?? full ?? ""])
        }
    }

    /// The table and the blank line that parts it from the answer.
    var text: String { table.text + "\n" }
}

extension ExitOutcome {
    fileprivate var text: String {
        switch self {
        case .goesOn: "goes on"
        case .leaves: "leaves"
        case .notReached: "not asked"
        }
    }
}
