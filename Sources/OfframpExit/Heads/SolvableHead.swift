import OfframpTensor

/// A head that ends in a linear map, whose optimum can be solved for while the rest stays as it is.
protocol SolvableHead: Head {
    /// The map. It reads `inputs`, and behind them what is carried.
    var classifier: Linear { get set }

    /// Whether the map is all that there is to learn.
    var isLinear: Bool { get }

    /// What the map reads of the features: `[texts, inputs]`.
    func inputs(_ features: Tensor, _ texts: TextRanges) -> Tensor

    /// What it reads of the previous exit's logits, `[texts, columns]`; `nil` for nothing.
    func carried(_ previous: Tensor) -> Tensor?

    /// Starts what is no linear map with units that see standardised features.
    ///
    /// - Parameters:
    ///   - own: the scaling of this exit's features.
    ///   - shared: one for the features of all exits, for what they share.
    mutating func start(_ own: FeatureScaling, shared: FeatureScaling)
}

extension SolvableHead {
    /// Most heads are linear, and do without the previous exit.
    var isLinear: Bool { true }
    func inputs(_ features: Tensor, _ texts: TextRanges) -> Tensor { features }
    func carried(_ previous: Tensor) -> Tensor? { nil }
    mutating func start(_ own: FeatureScaling, shared: FeatureScaling) {}
}

extension HeadSet {
    /// Whether every head is one linear map of what it reads.
    package var areLinear: Bool { solvable.allSatisfy { $0?.isLinear ?? false } }

    /// Whether every head ends in a linear map.
    package var areSolvable: Bool { solvable.allSatisfy { $0 != nil } }

    /// Whether solving for the maps leaves something to be trained.
    package var arePartlySolvable: Bool { areSolvable && !areLinear }

    /// Whether the maps are solved for before the rest is trained too. What reads all tokens learns more from nothing.
    package var startSolved: Bool { arePartlySolvable && kind.pooling != .none }

    /// Whether solving for the map of an exit is worth it once everything has been trained. Layers that read all tokens
    /// fit the map that they have learned with.
    package func gainsByRefit(_ exit: Int) -> Bool {
        kind.pooling != .none || solvable[exit]?.isLinear ?? false
    }

    private var solvable: [(any SolvableHead)?] { heads.map { $0 as? any SolvableHead } }

    /// What the linear map of an exit reads of the features, `[texts, inputs]`.
    package func inputs(ofExit exit: Int, _ features: Tensor, _ texts: TextRanges) -> Tensor {
        solvable[exit]?.inputs(features, texts) ?? features
    }

    /// What the linear map of an exit that carries nothing makes of what it reads, `[texts, outputs]`.
    package func logits(ofExit exit: Int, inputs: Tensor) -> Tensor {
        solvable[exit]?.classifier(inputs) ?? inputs
    }

    /// How many columns the linear map of an exit reads, those that are carried too.
    package func inputCount(ofExit exit: Int) -> Int {
        solvable[exit]?.classifier.weight.shape.columns ?? 0
    }

    /// What the linear map of an exit reads beside them, `[texts, columns]`; `nil` for nothing.
    ///
    /// - Parameter previous: the logits of the exit before it, `[texts, outputs]`.
    package func carried(_ previous: Tensor, to exit: Int) -> Tensor? {
        solvable[exit]?.carried(previous)
    }

    /// Starts what stands before the linear maps with units that see standardised features.
    ///
    /// - Parameter scalings: of the features of each exit.
    package mutating func start(with scalings: [FeatureScaling]) {
        let shared = FeatureScaling(scalings)
        for exit in heads.indices { change(exit) { $0.start(scalings[exit], shared: shared) } }
    }

    /// Replaces the linear map of an exit.
    ///
    /// - Parameters:
    ///   - weight: `[outputs, inputs and carried columns]`.
    ///   - bias: `[outputs]`.
    package mutating func replaceMap(ofExit exit: Int, weight: Tensor, bias: Tensor) {
        change(exit) { head in
            precondition(
                weight.shape == head.classifier.weight.shape
                    && bias.shape == head.classifier.bias.shape)
            head.classifier.weight = .float32(weight)
            head.classifier.bias = bias
        }
    }

    private mutating func change(_ exit: Int, _ body: (inout any SolvableHead) -> Void) {
        guard var head = solvable[exit] else {
            preconditionFailure("heads of kind \(kind.name) cannot be solved for")
        }
        body(&head)
        heads[exit] = head
    }
}
