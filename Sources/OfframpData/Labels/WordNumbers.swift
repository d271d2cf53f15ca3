/// Numbers the words of texts, so that texts compare fast.
struct WordNumbers {
    private var numbers: [Substring: UInt32] = [:]
    /// Stands between the texts of a pair; no word gets it.
    private static let separator = UInt32.max

    /// The words of every row's text and pair, cut at blanks.
    static func number(_ rows: [Dataset.Row]) -> [[UInt32]] {
        var words = WordNumbers()
        return rows.map { row in
            words.number(row.text) + (row.pair.map { [separator] + words.number($0) } ?? [])
        }
    }

    private mutating func number(_ text: String) -> [UInt32] {
        text.utf8.split { $0 <= 0x20 }.map { bytes in
            let word = Substring(bytes)
            if let number = numbers[word] { return number }
            let number = UInt32(numbers.count)
            numbers[word] = number
            return number
        }
    }
}
