import OfframpExit

/// What each exit thought of one text, and why the text left.
struct ExplanationTable {
    private var table: TextTable

    init(_ classifier: Classifier, _ thoughts: [ExitThought]) {
        let isClassification = classifier.task.kind == .classification
        let answer: [(title: String, alignment: TextTable.Alignment)] =
            isClassification ? [("label", .left), ("score", .right)] : [("value", .right)]
        table = TextTable([("depth", .right)] + answer + [("", .left), ("because", .left)])
        var hasLeft = false
        for thought in thoughts {
            let fate = hasLeft ? "not asked" : thought.leaves ? "leaves" : "goes on"
            hasLeft = hasLeft || thought.leaves
            table.add(
                ["\(thought.place.depth)"] + classifier.cells(thought.prediction)
                    + [fate, thought.reason ?? ""])
        }
    }

    /// The table and the blank line that parts it from the answer.
    var text: String { table.text + "\n" }
}
