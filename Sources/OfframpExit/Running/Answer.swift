/// How one text ended.
public struct Answer: Sendable, Equatable {
    /// The answer itself.
    public let prediction: Prediction
    /// The number of the exit where the text left, counted from 0.
    public let exit: Int
    /// The depth of that exit in layers.
    public let depth: Int

    /// Pairs an answer with the exit that gave it.
    public init(prediction: Prediction, at place: ExitPlace) {
        self.prediction = prediction
        exit = place.index
        depth = place.depth
    }
}
