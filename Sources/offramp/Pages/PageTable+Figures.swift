extension PageTable {
    /// A line for each figure that people read: its title and its value.
    init(caption: String, lines: [Figure]) {
        self.init(
            caption: caption, titles: [],
            rows: lines.titled.map { [Cell($0.title), Cell($0.value.text)] })
    }

    /// A line for each row of figures below the titles of the first.
    init(caption: String, rows: [[Figure]]) {
        let titles = rows.first?.titled ?? []
        self.init(
            caption: caption,
            titles: titles.map { Cell($0.title, Cell.Style($0.value.alignment)) },
            rows: rows.map { $0.titled.map { Cell($0.value.text, Cell.Style($0.value.alignment)) } }
        )
    }
}

extension PageTable.Cell.Style {
    fileprivate init(_ alignment: TextTable.Alignment) {
        switch alignment {
        case .left: self = .words
        case .right: self = .number
        }
    }
}
