/// Leaves at one depth, whatever the exit there says: a fixed budget for every text.
package struct FixedDepth: ExitPolicy {
    /// The depth in layers.
    package let depth: Int

    /// Leaves after `depth` layers.
    package init(_ depth: Int) { self.depth = depth }

    package var name: String { "depth:\(depth)" }

    package func reads(_ exit: ExitPlace, _ memory: Void) -> Bool { exit.depth == depth }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
        exit.place.depth == depth
    }
}

extension PolicyKind {
    package static let depth = PolicyKind(
        name: "depth", syntax: "depth:K", summary: "after K layers, whatever the exit says",
        tasks: Set(TaskKind.allCases),
        sweep: { $0.context.depths.reversed().map { "\($0)" } },
        build: { FixedDepth(try $0.integer(among: $0.context.depths)) })
}
