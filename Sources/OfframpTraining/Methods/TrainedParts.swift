/// The parts of a model whose parameters a stage changes; the others are frozen.
package struct TrainedParts: OptionSet, Sendable {
    /// A bit for each part.
    package let rawValue: Int

    /// The parts whose bits are set.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// The encoder.
    package static let backbone = TrainedParts(rawValue: 1)
    /// The heads of all exits but the last.
    package static let innerHeads = TrainedParts(rawValue: 2)
    /// The head of the last exit.
    package static let lastHead = TrainedParts(rawValue: 4)
    /// The signals beside the heads.
    package static let signals = TrainedParts(rawValue: 8)

    /// The classifiers of all exits, without their signals.
    package static let classifiers: TrainedParts = [.innerHeads, .lastHead]
    /// All heads, with their signals.
    package static let heads: TrainedParts = [.classifiers, .signals]
    /// Everything.
    package static let everything: TrainedParts = [.backbone, .heads]

    /// What belongs to the exits whose heads are trained.
    ///
    /// - Parameter exits: something of every exit, by ascending depth.
    package func trained<Element>(_ exits: [Element]) -> ArraySlice<Element> {
        let last = exits.count - 1
        return exits[
            (contains(.innerHeads) ? 0 : last)..<(contains(.lastHead) ? exits.count : last)]
    }
}
