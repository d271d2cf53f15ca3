/// Shapes as SVG, without scripts or fonts of their own; the colours suit a white and a dark page.
struct Picture {
    private let width: Double
    private let height: Double
    private let label: String
    private var shapes: [Markup] = []

    /// An empty picture.
    ///
    /// - Parameter label: what screen readers say of it.
    init(width: Double, height: Double, label: String) {
        (self.width, self.height, self.label) = (width, height, label)
    }

    /// Adds a straight line.
    mutating func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String = "grid"
    ) {
        shapes.append(
            .empty(
                "line",
                [
                    "class": style, "x1": x1.short, "y1": y1.short, "x2": x2.short,
                    "y2": y2.short,
                ]))
    }

    /// Adds a line through points.
    mutating func line(through points: [(x: Double, y: Double)], _ style: String) {
        let places = points.map { "\($0.x.short),\($0.y.short)" }.joined(separator: " ")
        shapes.append(.empty("polyline", ["class": style, "points": places]))
    }

    /// Adds a dot.
    ///
    /// - Parameter title: what a reader who points at it learns.
    mutating func dot(
        _ x: Double, _ y: Double, radius: Double, _ style: String, title: String? = nil
    ) {
        let dot = Markup.empty(
            "circle", ["class": style, "cx": x.short, "cy": y.short, "r": radius.short])
        shapes.append(title.map { .element("g", [.element("title", words: $0), dot]) } ?? dot)
    }

    /// Adds words.
    ///
    /// - Parameter anchor: which of their ends stands at `x`: `start`, `middle`, `end`.
    mutating func text(_ text: String, _ x: Double, _ y: Double, anchor: String = "middle") {
        shapes.append(
            .element("text", ["x": x.short, "y": y.short, "text-anchor": anchor], words: text))
    }

    /// As a part of a page that has `rules`.
    var markup: Markup { element(shapes) }

    /// A file of its own.
    var svg: String { element([.style(Self.rules)] + shapes).source }

    private func element(_ content: [Markup]) -> Markup {
        .element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "plot",
                "viewBox": "0 0 \(width.short) \(height.short)", "role": "img",
                "aria-label": label,
            ], content)
    }

    /// How the shapes look.
    static let rules = """
        .plot { color: #1b1b1b; background: #fff; font: 14px system-ui, sans-serif; }
        .plot text { fill: currentColor; }
        .plot .grid { stroke: currentColor; stroke-opacity: .15; }
        .plot .reference { stroke: #6b6b6b; fill: none; stroke-width: 2; stroke-dasharray: 5 4; }
        .plot .step { fill: #6b6b6b; }
        .plot .curve { stroke: #0b62c4; fill: none; stroke-width: 2.5; }
        .plot .value { fill: #0b62c4; }
        .plot .chosen { fill: #c43d0b; }
        @media screen and (prefers-color-scheme: dark) {
        .plot { color: #eee; background: #161616; }
        .plot .reference { stroke: #a8a8a8; } .plot .step { fill: #a8a8a8; }
        .plot .curve { stroke: #6cb2ff; } .plot .value { fill: #6cb2ff; } .plot .chosen { fill: #ff9166; }
        }
        """
}

extension Double {
    /// As exact as a picture needs it.
    fileprivate var short: String { text(decimals: 1) }
}
