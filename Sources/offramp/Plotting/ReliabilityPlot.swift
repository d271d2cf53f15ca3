import OfframpCalibration

/// A picture of how far an exit's confidence can be believed: a dot for each range of confidence, the larger the
/// more answers it holds, beside the line where both agree.
struct ReliabilityPlot {
    private let bins: [ReliabilityBin]
    private let depth: Int
    private let horizontal: PlotAxis
    private let vertical: PlotAxis

    private static let size = 240.0
    private static let frame = (left: 44.0, right: 228.0, top: 12.0, bottom: 196.0)
    private static let largestRadius = 9.0
    private static let leastRadius = 1.5

    /// The picture of one exit.
    init(_ bins: [ReliabilityBin], depth: Int) {
        let frame = Self.frame
        (self.bins, self.depth) = (bins, depth)
        horizontal = PlotAxis([0, 1], from: frame.left, to: frame.right)
        vertical = PlotAxis([0, 1], from: frame.bottom, to: frame.top)
    }

    /// The picture.
    var picture: Picture {
        let frame = Self.frame
        var picture = Picture(
            width: Self.size, height: Self.size,
            label: "The share of right answers by confidence at depth \(depth)")
        for tick in [0, 0.5, 1.0] {
            let (x, y) = (horizontal.place(tick), vertical.place(tick))
            picture.line(frame.left, y, frame.right, y)
            picture.line(x, frame.top, x, frame.bottom)
            picture.text(tick.text(decimals: 1), frame.left - 6, y + 4, anchor: "end")
            picture.text(tick.text(decimals: 1), x, frame.bottom + 18)
        }
        picture.text("confidence", (frame.left + frame.right) / 2, frame.bottom + 36)
        picture.line(frame.left, frame.bottom, frame.right, frame.top, "reference")
        let all = Double(bins.reduce(0) { $0 + $1.count })
        for bin in bins {
            let radius = Self.largestRadius * (Double(bin.count) / all).squareRoot()
            picture.dot(
                horizontal.place(bin.confidence), vertical.place(bin.rightShare),
                radius: max(radius, Self.leastRadius), "value", title: Self.title(of: bin))
        }
        return picture
    }

    private static func title(of bin: ReliabilityBin) -> String {
        "\(bin.count.grouped) answers, confidence \(bin.confidence.percent) %, "
            + "right \(bin.rightShare.percent) %"
    }
}
