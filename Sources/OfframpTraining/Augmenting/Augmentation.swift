import OfframpTensor
import OfframpTokenizer

/// Makes copies of texts for a teacher to answer: words left out or replaced by near ones, or a phrase alone
/// (Tang et al. 2019; TinyBERT, Jiao et al. 2020).
package struct Augmentation: Sendable {
    /// The share of copies that are a phrase of the text.
    package var phraseShare: Float = 0.25
    /// The share of words that are left out of the other copies.
    package var deletionShare: Float = 0.1
    /// The share of the remaining words that are replaced.
    package var replacementShare: Float = 0.4
    /// Words of the longest phrase.
    package var longestPhrase = 5

    /// The usual shares, those of the papers.
    package init() {}

    /// Copies of a text that differ from it and from each other; fewer where it has too few words.
    ///
    /// Of a pair one text is changed, or the other, or both.
    ///
    /// - Parameters:
    ///   - count: how many at most.
    ///   - near: the words that may stand for a word.
    package func copies(
        of text: TextInput, count: Int, near: (String) -> [String],
        using random: inout RandomSource
    ) -> [TextInput] {
        var seen: Set<[String?]> = [[text.text, text.pair]]
        var copies: [TextInput] = []
        // A short text has few copies, which come again and again.
        for _ in 0..<(Self.tries * count) where copies.count < count {
            let copy = copy(of: text, near, &random)
            let isNew = seen.insert([copy.text, copy.pair]).inserted
            if isNew, !copy.text.isEmpty, copy.pair?.isEmpty != true { copies.append(copy) }
        }
        return copies
    }

    private static let tries = 3

    private func copy(
        of input: TextInput, _ near: (String) -> [String], _ random: inout RandomSource
    ) -> TextInput {
        guard let pair = input.pair else {
            return TextInput(changed(input.text, near, &random))
        }
        let part = Int.random(in: 0..<3, using: &random)
        return TextInput(
            part == 1 ? input.text : changed(input.text, near, &random),
            pair: part == 0 ? pair : changed(pair, near, &random))
    }

    private func changed(
        _ text: String, _ near: (String) -> [String], _ random: inout RandomSource
    ) -> String {
        let words = Self.words(text)
        guard !words.isEmpty else { return "" }
        if isChosen(phraseShare, &random) { return phrase(of: words, &random) }
        return words.filter { _ in !isChosen(deletionShare, &random) }.map { word in
            isChosen(replacementShare, &random) ? replaced(word, near, &random) : word
        }.joined(separator: " ")
    }

    private func phrase(of words: [String], _ random: inout RandomSource) -> String {
        let count = Int.random(in: 1...min(longestPhrase, words.count), using: &random)
        let start = Int.random(in: 0...(words.count - count), using: &random)
        return words[start..<(start + count)].joined(separator: " ")
    }

    /// A near word in a word's place; signs around it and a capital stay.
    private func replaced(
        _ word: String, _ near: (String) -> [String], _ random: inout RandomSource
    ) -> String {
        guard let core = Self.core(of: word),
            let other = near(String(core)).randomElement(using: &random)
        else { return word }
        let isCapital = core.first?.isUppercase ?? false
        let spelled = isCapital ? other.prefix(1).uppercased() + other.dropFirst() : other
        return word[..<core.startIndex] + spelled + word[core.endIndex...]
    }

    /// From the first letter to the last.
    private static func core(of word: String) -> Substring? {
        guard let first = word.firstIndex(where: \.isLetter),
            let last = word.lastIndex(where: \.isLetter)
        else { return nil }
        return word[first...last]
    }

    /// The words of texts that near ones may replace.
    package static func words(of texts: [TextInput]) -> Set<String> {
        var found: Set<String> = []
        for text in texts {
            for word in words(text.text) + words(text.pair ?? "") {
                if let core = core(of: word) { found.insert(String(core)) }
            }
        }
        return found
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private func isChosen(_ share: Float, _ random: inout RandomSource) -> Bool {
        Float.random(in: 0..<1, using: &random) < share
    }
}
