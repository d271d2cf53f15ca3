import OfframpExit
import OfframpTensor

/// Shows those heads of a set that stand in a part of the encoder.
struct OwnHeads: Parameterized {
    private(set) var heads: HeadSet
    /// The numbers of the exits in the part.
    let exits: [Int]

    /// - Parameter depths: where the part begins and ends.
    init(_ heads: HeadSet, _ depths: ClosedRange<Int>) {
        self.heads = heads
        exits = heads.depths.indices.filter { depths.hasExit(at: heads.depths[$0]) }
    }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        for exit in exits { heads.visitParameters(&visitor, ofExit: exit, under: prefix) }
    }

    /// The names of their parameters.
    var names: Set<String> {
        var (copy, collector) = (self, NameCollector())
        copy.visitParameters(&collector, under: "")
        return collector.names
    }
}

private struct NameCollector: ParameterVisitor {
    private(set) var names: Set<String> = []

    mutating func visit(_ names: [String], _ tensor: inout Tensor) { self.names.formUnion(names) }
}
