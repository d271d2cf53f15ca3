import OfframpFiles

/// One figure of a report.
struct Figure {
    /// Its name in JSON; `nil` where only people read it.
    let key: String?
    /// Its name in the text; `nil` where only programs read it.
    let title: String?
    let value: Value

    /// A figure for both; its title is the key in words unless another one is given.
    init(_ key: String, title: String? = nil, _ value: Value) {
        self.key = key
        self.title = title ?? key.split(separator: "_").joined(separator: " ")
        self.value = value
    }

    private init(key: String?, title: String?, _ value: Value) {
        (self.key, self.title, self.value) = (key, title, value)
    }

    /// A figure for people only.
    static func text(_ title: String, _ value: Value) -> Figure {
        Figure(key: nil, title: title, value)
    }

    /// A figure for people only, in words.
    static func text(_ title: String, _ words: String) -> Figure { .text(title, .name(words)) }

    /// A figure for programs only.
    static func json(_ key: String, _ json: JSON) -> Figure {
        Figure(key: key, title: nil, Value(text: "", json: json))
    }

    /// Figures for programs only, as one object.
    static func json(_ key: String, _ figures: [Figure]) -> Figure { .json(key, figures.json) }
}

extension [Figure] {
    /// What programs read.
    var json: JSON {
        .object(compactMap { figure in figure.key.map { .init($0, figure.value.json) } })
    }

    /// What people read.
    var titled: [(title: String, value: Value)] {
        compactMap { figure in figure.title.map { ($0, figure.value) } }
    }
}
