/// The answer to one text, and the exit that gave it.
package struct Answer: Sendable, Equatable {
    /// The answer itself.
    package let prediction: Prediction
    /// The number of the exit where the text left, counted from 0.
    package let exitIndex: Int
    /// The depth of that exit in layers.
    package let depth: Int
    /// The numbers of the exits before it that the policy did not look at.
    package let unread: [Int]

    /// Pairs an answer with the exit that gave it.
    package init(prediction: Prediction, at place: ExitPlace, unread: [Int] = []) {
        self.init(prediction, exitIndex: place.index, depth: place.depth, unread: unread)
    }

    private init(_ prediction: Prediction, exitIndex: Int, depth: Int, unread: [Int]) {
        (self.prediction, self.exitIndex, self.depth) = (prediction, exitIndex, depth)
        self.unread = unread
    }

    /// Another answer that left at the same exit.
    package func answering(_ prediction: Prediction) -> Answer {
        Answer(prediction, exitIndex: exitIndex, depth: depth, unread: unread)
    }
}
