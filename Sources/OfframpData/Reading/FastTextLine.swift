/// A line as fastText has it: words, and among them labels that begin with `__label__`.
struct FastTextLine: Equatable {
    let text: String
    /// Without their prefix.
    let labels: [String]

    static let prefix = "__label__"

    /// Takes a line apart. Labels usually stand before the text; like fastText this finds them anywhere.
    init(_ line: String) {
        var (labels, words) = ([String](), [Substring]())
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            let bare = word.drop { $0 == "\t" }
            if bare.hasPrefix(Self.prefix), bare.count > Self.prefix.count {
                labels.append(String(bare.dropFirst(Self.prefix.count)))
            } else {
                words.append(word)
            }
        }
        let text = words.joined(separator: " ")
        self.labels = labels
        self.text = labels.isEmpty ? text : text.trimmed
    }

    /// Whether a line is one of fastText's rather than a plain text.
    static func isTagged(_ line: Line) -> Bool { line.bytes.starts(with: prefix.utf8) }

    /// A line with these labels, in which blanks would end them.
    static func written(_ text: String, labels: [String]) -> String {
        let labels = labels.map { prefix + $0.replacing(" ", with: "_") }
        return (labels + [text]).joined(separator: " ")
    }
}
