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
        var phrases: [Int?] = []
        let index = PhraseIndex(texts, numbers: &phrases)
        func inside(_ rows: some Sequence<Int>) -> [Bool] {
            var marked = Array(repeating: false, count: index.phraseCount)
            for row in rows {
                index.mark(phrasesIn: texts[row], except: phrases[row], &marked)
            }
            return marked
        }
        var heldOut = draw(phrases, contained: inside(texts.indices), &random)
        func rest() -> [Int] {
            var gone = inside(heldOut)
            for phrase in heldOut.compactMap({ phrases[$0] }) { gone[phrase] = true }
            return texts.indices.filter { row in phrases[row].map { !gone[$0] } ?? true }
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

    /// Draws among the rows that are part of no other; of equal rows the first.
    private func draw(
        _ phrases: [Int?], contained: [Bool], _ random: inout some RandomNumberGenerator
    ) -> [Int] {
        var seen = contained
        let whole = phrases.indices.filter { row in
            guard let phrase = phrases[row], !seen[phrase] else { return false }
            seen[phrase] = true
            return true
        }
        let count = (Double(whole.count) * share).rounded(.up)
        return random.permutation(whole.count).prefix(Int(count)).map { whole[$0] }.sorted()
    }
}

extension Dataset {
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
