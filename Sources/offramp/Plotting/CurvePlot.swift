import OfframpEngine
import OfframpExit

/// A picture of quality against compute: the policy's curve, the line of fixed depths and the chosen point.
///
/// SVG without scripts or fonts of its own; its colours suit a white and a dark page.
struct CurvePlot {
    private let metric: Metric
    private let curve: [CurvePoint]
    private let line: [CurvePoint]
    private let chosen: CurvePoint
    private let horizontal: PlotAxis
    private let vertical: PlotAxis

    private static let size = (width: 720.0, height: 440.0)
    private static let frame = (left: 72.0, right: 680.0, top: 56.0, bottom: 384.0)

    /// Replays every threshold of a policy's kind, and every depth.
    ///
    /// - Parameter trace: of the rows, with right answers and token counts.
    init(_ trace: Trace, _ policy: any ExitPolicy, _ model: LoadedModel) throws {
        let cost = model.engine.model.cost
        let policies = try PolicyKind.sweep(policy.name, for: model.context)
        metric = trace.metric
        line = FixedDepthLine(trace, cost: cost).points
        curve = trace.curve(policies, cost: cost).sorted { $0.compute < $1.compute }
        chosen = trace.point(policy, cost: cost)
        let all = line + curve + [chosen]
        let frame = Self.frame
        horizontal = PlotAxis([0] + all.map(\.compute), from: frame.left, to: frame.right)
        vertical = PlotAxis(all.map(\.quality), from: frame.bottom, to: frame.top)
    }

    /// The file.
    var svg: String {
        let (width, height) = (Self.size.width, Self.size.height)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" role="img" \
            aria-label="\(metric.title.escaped) against compute">
            <style>
            svg { color: #1b1b1b; background: #fff; font: 13px system-ui, sans-serif; }
            text { fill: currentColor; }
            .grid { stroke: currentColor; stroke-opacity: .15; }
            .depth { stroke: #6b6b6b; fill: none; stroke-width: 2; stroke-dasharray: 5 4; }
            .dot { fill: #6b6b6b; }
            .curve { stroke: #0b62c4; fill: none; stroke-width: 2.5; }
            .chosen { fill: #c43d0b; }
            @media (prefers-color-scheme: dark) {
            svg { color: #eee; background: #161616; }
            .depth { stroke: #a8a8a8; } .dot { fill: #a8a8a8; }
            .curve { stroke: #6cb2ff; } .chosen { fill: #ff9166; }
            }
            </style>
            \((grid + depths + [polyline("curve", curve)] + mark + legend).joined(separator: "\n"))
            </svg>

            """
    }

    private var grid: [String] {
        let frame = Self.frame
        let rows = vertical.ticks.map { tick in
            let y = vertical.place(tick)
            return Self.line(frame.left, y, frame.right, y)
                + Self.text(metric.text(tick), frame.left - 8, y + 4, anchor: "end")
        }
        let columns = horizontal.ticks.map { tick in
            let x = horizontal.place(tick)
            return Self.line(x, frame.top, x, frame.bottom)
                + Self.text("\((tick * 100).text(decimals: 0)) %", x, frame.bottom + 18)
        }
        let middle = (frame.left + frame.right) / 2
        return rows + columns
            + [Self.text("compute, relative to the full model", middle, frame.bottom + 40)]
    }

    private var depths: [String] {
        [polyline("depth", line)]
            + line.map { point in
                let (x, y) = place(point)
                return Self.circle("dot", x, y, radius: 3.5)
            }
    }

    private var mark: [String] {
        let (x, y) = place(chosen)
        let title = "\(chosen.policy): \(metric.text(chosen.quality)), \(chosen.compute.percent) %"
        return ["<g><title>\(title.escaped)</title>\(Self.circle("chosen", x, y, radius: 6))</g>"]
    }

    private var legend: [String] {
        let top = 24.0
        let kind = String(chosen.policy.prefix { $0 != ":" })
        let answer = "\(metric.text(chosen.quality)) for \(chosen.compute.percent) %"
        let (first, second, third) = (Self.frame.left, Self.frame.left + 280, Self.frame.left + 430)
        func words(_ text: String, _ x: Double) -> String {
            Self.text(text, x + 36, top + 4, anchor: "start")
        }
        return [
            Self.line(first, top, first + 28, top, "curve")
                + words("\(kind), every threshold", first),
            Self.line(second, top, second + 28, top, "depth") + words("fixed depths", second),
            Self.circle("chosen", third + 14, top, radius: 6) + words(answer, third),
        ]
    }

    private func place(_ point: CurvePoint) -> (x: Double, y: Double) {
        (horizontal.place(point.compute), vertical.place(point.quality))
    }

    private func polyline(_ style: String, _ points: [CurvePoint]) -> String {
        let places = points.map(place).map { "\($0.x.short),\($0.y.short)" }
        return "<polyline class=\"\(style)\" points=\"\(places.joined(separator: " "))\"/>"
    }

    private static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String = "grid"
    ) -> String {
        "<line class=\"\(style)\" x1=\"\(x1.short)\" y1=\"\(y1.short)\" x2=\"\(x2.short)\" y2=\"\(y2.short)\"/>"
    }

    private static func circle(_ style: String, _ x: Double, _ y: Double, radius: Double) -> String
    {
        "<circle class=\"\(style)\" cx=\"\(x.short)\" cy=\"\(y.short)\" r=\"\(radius)\"/>"
    }

    private static func text(
        _ text: String, _ x: Double, _ y: Double, anchor: String = "middle"
    ) -> String {
        "<text x=\"\(x.short)\" y=\"\(y.short)\" text-anchor=\"\(anchor)\">\(text.escaped)</text>"
    }
}

extension CurvePoint {
    /// Relative to the full model.
    fileprivate var compute: Double { relativeCompute ?? 0 }
}

extension Double {
    /// As exact as a picture needs it.
    fileprivate var short: String { text(decimals: 1) }
}

extension String {
    /// The text with the characters that mean something in XML written as references.
    fileprivate var escaped: String {
        map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }
}
