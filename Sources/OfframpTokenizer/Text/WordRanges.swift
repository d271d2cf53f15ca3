extension String {
    /// Where the words of a text are, as people see them: what stands between blanks, punctuation included;
    /// every Chinese character is a word of its own.
    package var wordRanges: [Range<String.Index>] {
        var words: [Range<String.Index>] = []
        var start: String.Index?
        for index in indices {
            let character = self[index]
            let isAlone = character.unicodeScalars.contains { ScalarMapping.isChinese($0.value) }
            if isAlone || character.isWhitespace, let begun = start {
                words.append(begun..<index)
                start = nil
            }
            if isAlone {
                words.append(index..<self.index(after: index))
            } else if !character.isWhitespace, start == nil {
                start = index
            }
        }
        if let start { words.append(start..<endIndex) }
        return words
    }
}
