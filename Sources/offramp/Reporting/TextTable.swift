/// Rows of cells in aligned columns, for people to read.
struct TextTable {
    /// How the cells of a column stand.
    enum Alignment {
        case left
        case right
    }

    private let alignments: [Alignment]
    private var rows: [[String]]

    /// A table without titles.
    init(alignments: [Alignment]) {
        self.alignments = alignments
        rows = []
    }

    /// A table with a title and an alignment for each column.
    init(_ columns: [(title: String, alignment: Alignment)]) {
        alignments = columns.map(\.alignment)
        rows = [columns.map(\.title)]
    }

    /// Adds a row: a cell for each column.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == alignments.count, "a cell for each column")
        rows.append(cells)
    }

    /// The table as lines, each with its line feed.
    var text: String {
        let widths = alignments.indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            var line = row.indices.map { pad(row[$0], widths[$0], alignments[$0]) }
                .joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private func pad(_ cell: String, _ width: Int, _ alignment: Alignment) -> String {
        let blanks = String(repeating: " ", count: width - cell.count)
        return alignment == .left ? cell + blanks : blanks + cell
    }
}
