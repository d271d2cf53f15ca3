/// The answer to one text, and the exit that gave it.
package struct Answer: Sendable, Equatable {
    /// The answer itself.
    package let prediction: Prediction
    /// The number of the exit where the text left, counted from 0.
    package let exitIndex: Int
    /// The depth of that exit in layers.
    package let depth: Int

    /// Pairs an answer with the exit that gave it.
    package init(prediction: Prediction, at place: ExitPlace) {
        self.prediction = prediction
        exitIndex = place.index
        depth = place.depth
    }

    private init(_ prediction: Prediction, exitIndex: Int, depth: Int) {
        (self.prediction, self.exitIndex, self.depth) = (prediction, exitIndex, depth)
    }

    /// Another answer that left at the same exit.
    package func answering(_ prediction: Prediction) -> Answer {
        Answer(prediction, exitIndex: exitIndex, depth: depth)
    }
}
