/// A page of HTML that needs nothing but itself: no scripts, no network. It suits a white and a dark screen, a
/// phone and paper.
struct Page {
    private let title: String
    private var content: [Markup]

    /// A page that begins with its title.
    init(title: String) {
        self.title = title
        content = [.element("h1", words: title)]
    }

    /// Adds parts under a heading; nothing where there are no parts.
    ///
    /// - Parameter note: what the reader needs to know to read them.
    mutating func add(_ heading: String, note: String? = nil, _ parts: [Markup]) {
        guard !parts.isEmpty else { return }
        content.append(
            .element(
                "section",
                [.element("h2", words: heading)]
                    + (note.map { [.element("p", words: $0)] } ?? []) + parts))
    }

    /// The file.
    var html: String {
        let head = Markup.element(
            "head",
            [
                .empty("meta", ["charset": "utf-8"]),
                .empty(
                    "meta",
                    ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .element("title", words: title),
                .style(Self.rules + "\n" + Picture.rules),
            ])
        let body = Markup.element("body", [.element("main", content)])
        let document = Markup.element("html", ["lang": "en"], [head, body])
        return "<!DOCTYPE html>\n\(document.source)"
    }

    private static let rules = """
        :root { color-scheme: light dark; --page: #fff; --ink: #1b1b1b; --rule: #c9c9c9; --heat: #5a9be0; }
        @media (prefers-color-scheme: dark) {
        :root { --page: #161616; --ink: #eee; --rule: #4a4a4a; --heat: #2c5f96; }
        }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; } h3 { font-size: 1rem; }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .9rem; margin: .8rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid var(--rule); }
        th { font-weight: 600; white-space: nowrap; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .heat { background: color-mix(in srgb, var(--heat) var(--share), var(--page)); }
        .words { min-width: 16rem; font-weight: normal; white-space: normal; overflow-wrap: anywhere; }
        .plot { max-width: 36rem; }
        .panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem; }
        @media print {
        :root { color-scheme: light; --page: #fff; --ink: #000; --rule: #999; }
        .heat { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .table { overflow: visible; } tr, svg { break-inside: avoid; } h2, h3, p { break-after: avoid; }
        }
        """
}
