/// The answer to one text, and the exit that gave it.
package struct Answer: Sendable, Equatable {
    /// The answer itself.
    package private(set) var prediction: Prediction
    /// The number of the exit where the text left, counted from 0.
    package let exitIndex: Int
    /// The depth of that exit in layers.
    package let depth: Int
    /// The numbers of the exits before it that the policy did not look at.
    package let unread: [Int]

    /// Pairs an answer with the exit that gave it.
    package init(prediction: Prediction, at place: ExitPlace, unread: [Int] = []) {
        (self.prediction, self.unread) = (prediction, unread)
        (exitIndex, depth) = (place.index, place.depth)
    }

    /// Another answer that left at the same exit.
    package func answering(_ prediction: Prediction) -> Answer {
        var copy = self
        copy.prediction = prediction
        return copy
    }
}
