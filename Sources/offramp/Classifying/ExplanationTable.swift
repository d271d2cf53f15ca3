import Offramp

/// What each exit thought of one text, and why the text left.
struct ExplanationTable {
    private var table: TextTable

    init(_ exits: [ExitExplanation]) {
        let isRegression = exits.first?.classification.value != nil
        let answer: [(title: String, alignment: TextTable.Alignment)] =
            isRegression ? [("value", .right)] : [("label", .left), ("score", .right)]
        table = TextTable([("depth", .right)] + answer + [("", .left), ("because", .left)])
        for exit in exits {
            table.add(
                ["\(exit.classification.depth)"] + exit.classification.cells
                    + [exit.outcome.text, exit.reason ?? ""])
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
