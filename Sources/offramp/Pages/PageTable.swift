/// A table of a page.
struct PageTable {
    /// One cell.
    struct Cell {
        let text: String
        let style: Style

        /// How a cell looks.
        enum Style {
            /// Words.
            case words
            /// A long text.
            case text
            /// A figure.
            case number
            /// A figure on a ground that is the darker the larger the share, 0 to 1.
            case heat(Double)
        }

        init(_ text: String, _ style: Style = .words) { (self.text, self.style) = (text, style) }
    }

    private let caption: String
    private let titles: [Cell]
    private let rows: [[Cell]]

    /// A table with a cell for each column in every row; the first one says what the row is about.
    ///
    /// - Parameters:
    ///   - caption: what screen readers say before they read it.
    ///   - titles: those of the columns; none where the rows speak for themselves.
    init(caption: String, titles: [Cell], rows: [[Cell]]) {
        (self.caption, self.titles, self.rows) = (caption, titles, rows)
    }

    /// The table, which scrolls by itself where the screen is narrow.
    var markup: Markup {
        let head = Markup.element(
            "thead", [.element("tr", titles.map { $0.markup("th", scope: "col") })])
        let body = Markup.element("tbody", rows.map { row($0) })
        let table = Markup.element(
            "table", ["aria-label": caption], (titles.isEmpty ? [] : [head]) + [body])
        // Whoever has no mouse scrolls what has the focus.
        return .element(
            "div", ["class": "table", "role": "region", "aria-label": caption, "tabindex": "0"],
            [table])
    }

    private func row(_ cells: [Cell]) -> Markup {
        .element(
            "tr",
            cells.enumerated().map { index, cell in
                index == 0 ? cell.markup("th", scope: "row") : cell.markup("td")
            })
    }
}

extension PageTable.Cell {
    fileprivate func markup(_ name: String, scope: String? = nil) -> Markup {
        .element(name, ["scope": scope, "class": style.rule, "style": style.share], words: text)
    }
}

extension PageTable.Cell.Style {
    /// The classes of the style sheet.
    fileprivate var rule: String? {
        switch self {
        case .words: nil
        case .text: "words"
        case .number: "number"
        case .heat: "number heat"
        }
    }

    fileprivate var share: String? {
        guard case .heat(let share) = self else { return nil }
        return "--share: \((share * 100).text(decimals: 0))%"
    }
}
