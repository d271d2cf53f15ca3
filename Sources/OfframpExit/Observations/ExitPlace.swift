/// Where an exit stands in its model.
public struct ExitPlace: Sendable, Equatable {
    /// The exit's number, counted from 0 at the entrance.
    public let index: Int
    /// How many encoder layers have run when the exit is reached.
    public let depth: Int
    /// Whether this is the last exit, the one that always answers.
    public let isLast: Bool

    /// Names an exit by its number and depth.
    package init(index: Int, depth: Int, isLast: Bool) {
        self.index = index
        self.depth = depth
        self.isLast = isLast
    }

    /// The places of a model's exits, from the depths of all of them in ascending order.
    package static func all(depths: [Int]) -> [ExitPlace] {
        precondition(zip(depths, depths.dropFirst()).allSatisfy(<), "depths must ascend")
        return depths.indices.map {
            ExitPlace(index: $0, depth: depths[$0], isLast: $0 == depths.count - 1)
        }
    }
}
