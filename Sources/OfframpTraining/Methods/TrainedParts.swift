/// The parts of a model whose parameters a stage changes; the others are frozen.
public struct TrainedParts: OptionSet, Sendable {
    /// A bit for each part.
    public let rawValue: Int

    /// The parts whose bits are set.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The encoder.
    public static let backbone = TrainedParts(rawValue: 1)
    /// The heads of all exits but the last.
    public static let innerHeads = TrainedParts(rawValue: 2)
    /// The head of the last exit.
    public static let lastHead = TrainedParts(rawValue: 4)

    /// All heads.
    public static let heads: TrainedParts = [.innerHeads, .lastHead]
    /// Everything.
    public static let everything: TrainedParts = [.backbone, .heads]

    /// What belongs to the exits whose heads are trained.
    ///
    /// - Parameter exits: something of every exit, by ascending depth.
    package func trained<Element>(_ exits: [Element]) -> ArraySlice<Element> {
        let last = exits.count - 1
        return exits[
            (contains(.innerHeads) ? 0 : last)..<(contains(.lastHead) ? exits.count : last)]
    }
}
