extension DataFormat {
    /// A line of a table, with its line feed.
    ///
    /// CSV quotes what needs it. TSV has no quoting: tabs and line ends inside a value become
    /// blanks.
    func line(_ cells: [String]) -> String {
        let separator = self == .csv ? "," : "\t"
        return cells.map(self == .csv ? Self.csvCell : Self.withoutLineEnds)
            .joined(separator: separator) + "\n"
    }

    /// A text in which blanks stand for tabs and line ends.
    static func withoutLineEnds(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
            return text
        }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { ["\t", "\n", "\r"].contains($0) ? " " : $0 }))
    }

    private static func csvCell(_ text: String) -> String {
        let special = [0x22, 0x2C, 0x0A, 0x0D] as [UInt8]
        let isBordered = text.hasPrefix(" ") || text.hasSuffix(" ")
        guard isBordered || text.utf8.contains(where: special.contains) else { return text }
        var quoted = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            quoted.append(scalar)
            if scalar == "\"" { quoted.append(scalar) }
        }
        return "\"\(String(quoted))\""
    }
}
