import OfframpEngine
import OfframpExit

/// A picture of quality against compute: the policy's curve, the line of fixed depths and the chosen point.
struct CurvePlot {
    private let metric: Metric
    private let curve: [CurvePoint]
    private let line: [CurvePoint]
    private let chosen: CurvePoint
    private let horizontal: PlotAxis
    private let vertical: PlotAxis

    private static let size = (width: 520.0, height: 440.0)
    private static let frame = (left: 64.0, right: 490.0, top: 100.0, bottom: 388.0)

    /// Replays every threshold of a policy's kind, and every depth.
    ///
    /// - Parameter trace: of the rows, with right answers and token counts.
    init(_ trace: Trace, _ policy: any ExitPolicy, _ model: LoadedModel) throws {
        let cost = model.engine.model.cost
        let policies = try PolicyKind.sweep(policy.name, for: model.context)
        metric = trace.metric
        line = FixedDepthLine(trace, cost: cost).points
        let depths = Set(line.map(\.policy) + [Full().name])
        let points = trace.curve(policies, cost: cost).sorted { $0.compute < $1.compute }
        // Where the policy is a fixed depth itself, the line says it all.
        curve = points.allSatisfy { depths.contains($0.policy) } ? [] : points
        chosen = trace.point(policy, cost: cost)
        let all = line + curve + [chosen]
        let frame = Self.frame
        horizontal = PlotAxis([0] + all.map(\.compute), from: frame.left, to: frame.right)
        vertical = PlotAxis(all.map(\.quality), from: frame.bottom, to: frame.top)
    }

    /// The picture.
    var picture: Picture {
        var picture = Picture(
            width: Self.size.width, height: Self.size.height,
            label: "\(metric.title) against compute: \(answer)")
        drawGrid(in: &picture)
        picture.line(through: line.map(place), "reference")
        for point in line {
            let (x, y) = place(point)
            picture.dot(x, y, radius: 3.5, "step", title: title(of: point))
        }
        if !curve.isEmpty { picture.line(through: curve.map(place), "curve") }
        let (x, y) = place(chosen)
        picture.dot(x, y, radius: 6, "chosen", title: title(of: chosen))
        drawLegend(in: &picture)
        return picture
    }

    private func drawGrid(in picture: inout Picture) {
        let frame = Self.frame
        for tick in vertical.ticks {
            let y = vertical.place(tick)
            picture.line(frame.left, y, frame.right, y)
            picture.text(metric.text(tick), frame.left - 8, y + 4, anchor: "end")
        }
        for tick in horizontal.ticks {
            let x = horizontal.place(tick)
            picture.line(x, frame.top, x, frame.bottom)
            picture.text("\((tick * 100).text(decimals: 0)) %", x, frame.bottom + 18)
        }
        let middle = (frame.left + frame.right) / 2
        picture.text("compute, relative to the full model", middle, frame.bottom + 40)
    }

    private func drawLegend(in picture: inout Picture) {
        let (left, right) = (Self.frame.left, Self.frame.left + 28)
        var y = Self.frame.top - 28
        func row(_ words: String) { picture.text(words, right + 8, y + 4, anchor: "start") }
        picture.dot((left + right) / 2, y, radius: 6, "chosen")
        row("\(chosen.policy): \(answer)")
        y -= 24
        picture.line(left, y, right, y, "reference")
        row("fixed depths")
        guard !curve.isEmpty else { return }
        y -= 24
        picture.line(left, y, right, y, "curve")
        row("\(chosen.policy.prefix { $0 != ":" }), every threshold")
    }

    private var answer: String {
        "\(metric.text(chosen.quality)) for \(chosen.compute.percent) %"
    }

    private func title(of point: CurvePoint) -> String {
        "\(point.policy): \(metric.text(point.quality)), \(point.compute.percent) %"
    }

    private func place(_ point: CurvePoint) -> (x: Double, y: Double) {
        (horizontal.place(point.compute), vertical.place(point.quality))
    }
}

extension CurvePoint {
    /// Relative to the full model.
    fileprivate var compute: Double { relativeCompute ?? 0 }
}
