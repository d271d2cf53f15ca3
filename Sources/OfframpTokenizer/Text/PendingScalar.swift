/// A character whose place in the canonical order is still open.
struct PendingScalar {
    let scalar: UInt32
    let properties: ScalarProperties
    /// Whether it is the first of its decomposition.
    let isFirst: Bool
    /// The part of the text that it comes from.
    var source: Range<Int>

    /// Sorts by combining class, stably (Unicode's canonical ordering algorithm).
    ///
    /// Sources stay in the order of the text, as in Hugging Face's alignments: each first character
    /// of a decomposition takes the next one, the others share their predecessor's.
    static func reorder(_ scalars: inout [PendingScalar], after lastSource: Range<Int>) {
        let sources = scalars.filter(\.isFirst).map(\.source)
        scalars.sort { $0.properties.combiningClass < $1.properties.combiningClass }
        var next = sources.makeIterator()
        var source = lastSource
        for index in scalars.indices {
            if scalars[index].isFirst { source = next.next() ?? source }
            scalars[index].source = source
        }
    }
}
