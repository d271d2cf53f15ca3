/// The right answers for the texts of a trace.
public enum Gold: Sendable, Equatable {
    /// The index of each text's label.
    case labels([Int])
    /// The number of each text in a regression.
    case values([Float])
}

extension Gold {
    /// How many texts there are.
    public var count: Int {
        switch self {
        case .labels(let labels): labels.count
        case .values(let values): values.count
        }
    }
}
