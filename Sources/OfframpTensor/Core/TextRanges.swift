/// Which rows of a packed batch belong to which text: text `i` owns `starts[i]..<starts[i + 1]`.
package struct TextRanges: Sendable, Equatable {
    /// The first row of each text, then the number of all rows: `texts + 1` numbers.
    package let starts: [Int32]

    /// Consecutive ranges of the given lengths, each at least 1.
    package init(lengths: some Sequence<Int>) {
        var starts: [Int32] = [0]
        var end: Int32 = 0
        for length in lengths {
            precondition(length > 0, "a text has at least one row")
            end += Int32(length)
            starts.append(end)
        }
        self.starts = starts
    }

    /// The number of texts.
    package var count: Int { starts.count - 1 }

    /// The number of rows of all texts.
    package var tokens: Int { Int(starts[count]) }

    /// The rows of one text.
    package subscript(text: Int) -> Range<Int> { Int(starts[text])..<Int(starts[text + 1]) }

    /// The rows of each text.
    package var lengths: [Int] { (0..<count).map { self[$0].count } }

    /// The first row of each text.
    package var firstRows: [Int32] { Array(starts.dropLast()) }

    /// The ranges of some of the texts, packed without the others.
    package func keeping(_ texts: [Int]) -> TextRanges {
        TextRanges(lengths: texts.lazy.map { self[$0].count })
    }

    /// The rows of some texts, text after text.
    package func rows(of texts: [Int]) -> [Int32] {
        texts.flatMap { starts[$0]..<starts[$0 + 1] }
    }
}
