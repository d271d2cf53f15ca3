import OfframpTensor

/// Texts in a random order, cut into folds of equal size and these into blocks.
package struct Folds: Sendable {
    /// Some consecutive rows of one fold.
    struct Block: Sendable {
        let rows: Range<Int>
        let fold: Int
    }

    /// The text of each row.
    package let order: [Int]
    /// All rows, block by block.
    let blocks: [Block]
    /// How many folds there are.
    let count: Int
    private let sizes: [Int]

    /// Rows that fit in the second-level cache beside the weights.
    private static let rowsPerBlock = 256
    /// Texts that tell one penalty from half of it.
    private static let enoughToChoose = 2000

    /// Cuts some texts; fewer than `count` texts are a fold each.
    package init(texts: Int, count: Int, seed: UInt64) {
        var random = RandomSource(seed: seed)
        order = (0..<texts).shuffled(using: &random)
        let count = min(count, max(texts, 1))
        self.count = count
        let folds = (0..<count).map { texts * $0 / count..<texts * ($0 + 1) / count }
        sizes = folds.map(\.count)
        blocks = folds.enumerated().flatMap { fold, rows in
            stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsPerBlock).map {
                Block(rows: $0..<min($0 + Self.rowsPerBlock, rows.upperBound), fold: fold)
            }
        }
    }

    /// The first folds that hold enough texts to choose by; all of them where texts are few.
    var choosing: Range<Int> {
        let least = (count * Self.enoughToChoose + order.count - 1) / max(order.count, 1)
        return 0..<min(max(least, 1), count)
    }

    /// The texts of the first folds, row by row.
    func texts(ofFirst folds: Int) -> [Int] { Array(order[..<sizes[..<folds].reduce(0, +)]) }

    /// Where each text stands, `[texts]`.
    var rowsOfTexts: [Int] {
        var rows = order
        for (row, text) in order.enumerated() { rows[text] = row }
        return rows
    }

    /// How many rows are left without a fold; all of them without `nil`.
    func rows(without fold: Int?) -> Int { order.count - (fold.map { sizes[$0] } ?? 0) }
}
