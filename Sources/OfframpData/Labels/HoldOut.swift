import OfframpFiles

/// Sets a random part of the labelled rows aside, for choosing epochs and thresholds.
///
/// Some sets have the phrases of a sentence as rows of their own (SST-2's training set). A phrase
/// left in training would give its held-out sentence away. So only rows that are part of no other
/// row are drawn, and every row that is part of a drawn one, word for word, is dropped. A pair
/// counts as one text. Rows without words stay in training, and so does the last row of a label.
package struct HoldOut: Sendable {
    /// The share of the rows that are part of no other row, above 0 and below 1.
    package let share: Double

    /// The two parts.
    package struct Split: Sendable {
        /// What is left for training.
        package let train: Dataset
        /// The rows set aside, in the file's order.
        package let heldOut: Dataset
        /// How many rows are in neither part, because they are part of a held-out one.
        package let droppedRows: Int
    }

    /// Sets the share.
    ///
    /// - Throws: `OfframpError` (`usage`) for a share that is not between 0 and 1.
    package init(share: Double) throws {
        guard share > 0, share < 1 else {
            throw OfframpError(
                .usage, at: "held-out share", found: "\(share)",
                expected: "a number above 0 and below 1")
        }
        self.share = share
    }

    /// Splits a data set.
    ///
    /// - Parameter random: decides which rows are drawn; the same numbers draw the same rows on
    ///   every machine.
    /// - Throws: `OfframpError` (`data`) when a part would have no rows.
    package func split(
        _ data: Dataset, using random: inout some RandomNumberGenerator
    ) throws -> Split {
        let (train, heldOut) = indices(
            WordNumbers.number(data.rows), data.rows.map(\.target.allLabels), &random)
        guard !train.isEmpty, !heldOut.isEmpty else {
            throw OfframpError(
                .data, at: data.name, found: "\(data.rows.count) rows, too few to hold some out",
                expected: "rows for training and for choosing")
        }
        return Split(
            train: data.picking(train), heldOut: data.picking(heldOut),
            droppedRows: data.rows.count - train.count - heldOut.count)
    }

    private func indices(
        _ texts: [[UInt32]], _ labels: [[Int]], _ random: inout some RandomNumberGenerator
    ) -> (train: [Int], heldOut: [Int]) {
        let nesting = Nesting(texts)
        var heldOut = draw(nesting.outerRows, &random)
        func rest() -> [Int] {
            var gone = nesting.phrases(inside: heldOut)
            for phrase in heldOut.compactMap({ nesting.phrases[$0] }) { gone[phrase] = true }
            return texts.indices.filter { row in nesting.phrases[row].map { !gone[$0] } ?? true }
        }
        let all = Set(labels.joined())
        while true {
            let train = rest()
            let missing = all.subtracting(train.lazy.flatMap { labels[$0] })
            let kept = heldOut.filter { missing.isDisjoint(with: labels[$0]) }
            if kept.count == heldOut.count { return (train, heldOut) }
            heldOut = kept
        }
    }

    /// Draws the share of some rows.
    private func draw(
        _ rows: [Int], _ random: inout some RandomNumberGenerator
    ) -> [Int] {
        let count = (Double(rows.count) * share).rounded(.up)
        return random.permutation(rows.count).prefix(Int(count)).map { rows[$0] }.sorted()
    }
}

/// Which rows stand in others, word for word.
private struct Nesting {
    private let texts: [[UInt32]]
    private let index: PhraseIndex
    /// The number of each row's text, `[rows]`; `nil` for one without words.
    let phrases: [Int?]

    init(_ texts: [[UInt32]]) {
        var phrases: [Int?] = []
        index = PhraseIndex(texts, numbers: &phrases)
        (self.texts, self.phrases) = (texts, phrases)
    }

    /// Whether each text is part of one of these rows.
    func phrases(inside rows: some Sequence<Int>) -> [Bool] {
        var marked = Array(repeating: false, count: index.phraseCount)
        for row in rows { index.mark(phrasesIn: texts[row], except: phrases[row], &marked) }
        return marked
    }

    /// The rows with words that are part of no other; of equal rows the first.
    var outerRows: [Int] {
        var seen = phrases(inside: texts.indices)
        return phrases.indices.filter { row in
            guard let phrase = phrases[row], !seen[phrase] else { return false }
            seen[phrase] = true
            return true
        }
    }
}

extension Dataset {
    /// The share of the rows with words that another row gives away: one that holds them, word for word, or an
    /// equal one before them.
    package var nestedShare: Double {
        let texts = WordNumbers.number(rows).filter { !$0.isEmpty }
        guard !texts.isEmpty else { return 0 }
        return 1 - Double(Nesting(texts).outerRows.count) / Double(texts.count)
    }

    fileprivate func picking(_ indices: [Int]) -> Dataset {
        Dataset(name: name, kind: kind, rows: indices.map { rows[$0] })
    }
}

extension RandomNumberGenerator {
    /// A random order of the numbers below `count` (Fisher and Yates). The standard library's
    /// `shuffled` may change from release to release.
    fileprivate mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            let chosen = next().multipliedFullWidth(by: UInt64(last + 1)).high
            order.swapAt(last, Int(chosen))
        }
        return order
    }
}
