/// Which rows of a packed batch belong to which text: text `i` owns `starts[i]..<starts[i + 1]`.
package struct TextRanges: Sendable, Equatable {
    /// The first row of each text, then the number of all rows: `texts + 1` numbers.
    package let starts: [Int32]
    /// The first row of each text's second segment; the end of a text that has none.
    private let secondStarts: [Int32]

    /// Consecutive ranges of the given lengths, each at least 1.
    ///
    /// - Parameter seconds: where in each text its second segment starts; `nil` for texts of one.
    package init(lengths: some Sequence<Int>, seconds: [Int]? = nil) {
        let lengths = Array(lengths)
        precondition(seconds.map { $0.count == lengths.count } ?? true, "a start for each text")
        var starts: [Int32] = [0]
        var secondStarts: [Int32] = []
        for (text, length) in lengths.enumerated() {
            precondition(length > 0, "a text has at least one row")
            let second = seconds?[text] ?? length
            precondition((0...length).contains(second), "a segment inside its text")
            secondStarts.append(starts[text] + Int32(second))
            starts.append(starts[text] + Int32(length))
        }
        (self.starts, self.secondStarts) = (starts, secondStarts)
    }

    /// The texts of several ranges, those of each behind those before.
    package init(joining ranges: [TextRanges]) {
        self.init(lengths: ranges.flatMap(\.lengths), seconds: ranges.flatMap(\.seconds))
    }

    /// Where in each text its second segment starts; the text's length for one that has none.
    package var seconds: [Int] { (0..<count).map { Int(secondStarts[$0] - starts[$0]) } }

    /// The number of texts.
    package var count: Int { starts.count - 1 }

    /// The number of rows of all texts.
    package var tokens: Int { Int(starts[count]) }

    /// The rows of one text.
    package subscript(text: Int) -> Range<Int> { Int(starts[text])..<Int(starts[text + 1]) }

    /// The rows of each text.
    package var lengths: [Int] { (0..<count).map { self[$0].count } }

    /// The number of rows of the longest text.
    package var longest: Int { lengths.max() ?? 0 }

    /// The first row of each text.
    package var firstRows: [Int32] { Array(starts.dropLast()) }

    /// The ranges of some of the texts, packed without the others.
    package func keeping(_ texts: [Int]) -> TextRanges {
        TextRanges(
            lengths: texts.lazy.map { self[$0].count },
            seconds: texts.map { Int(secondStarts[$0] - starts[$0]) })
    }

    /// The first row of every segment, two for each text, then the number of all rows.
    var segmentStarts: [Int32] {
        zip(starts, secondStarts).flatMap { [$0, $1] } + [starts[count]]
    }

    /// The rows of some texts, text after text.
    package func rows(of texts: [Int]) -> [Int32] {
        texts.flatMap { starts[$0]..<starts[$0 + 1] }
    }
}
