import Offramp

/// The words of a text that did most to its answer.
struct WordTable {
    private var table: TextTable
    private let isEmpty: Bool

    private static let mostWords = 10
    private static let barWidth = 10

    /// - Parameter isTerminal: whether bars are drawn.
    init(_ words: [WordEffect], isTerminal: Bool) {
        let shown = words.filter { $0.effect != 0 && !$0.effect.isNaN }
            .sorted { $0.effect.magnitude > $1.effect.magnitude }.prefix(Self.mostWords)
        isEmpty = shown.isEmpty
        table = TextTable(
            [("word", .left), ("effect", .right)] + (isTerminal ? [("", .left)] : []))
        let largest = Double(shown.first?.effect.magnitude ?? 1)
        for word in shown {
            let sign = word.effect > 0 ? "+" : ""
            let bar = Bar.text(Double(word.effect.magnitude) / largest, width: Self.barWidth)
            table.add(
                [word.word, sign + word.effect.text(decimals: 4)] + (isTerminal ? [bar] : []))
        }
    }

    /// The table and the blank line that parts it from the answer.
    var text: String { (isEmpty ? "no word changes the answer\n" : table.text) + "\n" }
}
