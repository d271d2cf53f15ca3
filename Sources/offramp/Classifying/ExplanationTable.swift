import Offramp

/// What each exit thought of one text, and why the text left.
struct ExplanationTable {
    private var table: TextTable

    init(_ exits: [ExitExplanation]) {
        let isRegression = exits.first?.classification.value != nil
        let answer: [(title: String, alignment: TextTable.Alignment)] =
            isRegression ? [("value", .right)] : [("label", .left), ("score", .right)]
        table = TextTable([("depth", .right)] + answer + [("", .left), ("because", .left)])
        var hasLeft = false
        for exit in exits {
            let fate = hasLeft ? "not asked" : exit.leaves ? "leaves" : "goes on"
            hasLeft = hasLeft || exit.leaves
            table.add(
                ["\(exit.classification.depth)"] + exit.classification.cells
                    + [fate, exit.reason ?? ""])
        }
    }

    /// The table and the blank line that parts it from the answer.
    var text: String { table.text + "\n" }
}
