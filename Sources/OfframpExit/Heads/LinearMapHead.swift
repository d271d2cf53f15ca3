import OfframpTensor

/// A head that is one linear map of what it reads: the optimum of its loss can be solved for.
protocol LinearMapHead: Head {
    /// The map. It reads the features, and behind them what is carried.
    var classifier: Linear { get set }

    /// What it reads of the previous exit's logits, `[texts, columns]`; `nil` for nothing.
    func carried(_ previous: Tensor) -> Tensor?
}

extension LinearMapHead {
    /// Most heads do without the previous exit.
    func carried(_ previous: Tensor) -> Tensor? { nil }
}

extension HeadSet {
    /// Whether every head is one linear map of what it reads.
    package var areLinear: Bool { heads.allSatisfy { $0 is any LinearMapHead } }

    /// What the linear map of an exit reads beside the features, `[texts, columns]`; `nil` for
    /// nothing.
    ///
    /// - Parameter previous: the logits of the exit before it, `[texts, outputs]`.
    package func carried(_ previous: Tensor, to exit: Int) -> Tensor? {
        (heads[exit] as? any LinearMapHead)?.carried(previous)
    }

    /// Replaces the linear map of an exit.
    ///
    /// - Parameters:
    ///   - weight: `[outputs, features and carried columns]`.
    ///   - bias: `[outputs]`.
    package mutating func replaceMap(ofExit exit: Int, weight: Tensor, bias: Tensor) {
        guard var head = heads[exit] as? any LinearMapHead else {
            preconditionFailure("heads of kind \(kind.name) are no linear maps")
        }
        precondition(
            weight.shape == head.classifier.weight.shape && bias.shape == head.classifier.bias.shape
        )
        head.classifier.weight = .float32(weight)
        head.classifier.bias = bias
        heads[exit] = head
    }
}
