import OfframpExit
import OfframpFiles
import OfframpTensor

/// Finds the optimum of linear heads on a frozen backbone, exit by exit.
///
/// A head that reads the logits of the one before it learns from what that one says of texts that it
/// has not learned from, as it will have to (stacked generalisation, Wolpert 1992).
struct HeadSolver: Sendable {
    /// What the heads read.
    let store: FeatureStore
    /// Of the same texts.
    let targets: Targets
    /// Decides which texts stand in which fold.
    let seed: UInt64
    let workers: Workers
    /// The confidence from which an exit keeps a text from those behind it; `nil` where all exits learn
    /// from all texts.
    var keepingConfidence: Float?

    private static let folds = 5
    /// A few carried logits say as much as hundreds of features, and are penalised less.
    private static let emphasisOfCarried: Float = 3

    /// Puts heads at their optimum.
    ///
    /// - Parameters:
    ///   - exits: whose heads, ascending; all of them where the heads are chained.
    ///   - progress: called with the number of exits that are done.
    /// - Returns: for each of these exits what texts get from heads that were fitted without them,
    ///   `[texts, outputs]`.
    /// - Throws: `OfframpError`: `noInput` without OpenBLAS, `data` for states that are no numbers.
    func solve(
        _ heads: inout HeadSet, exits: [Int], progress: (Int) -> Void
    ) throws -> [Tensor] {
        precondition(heads.areSolvable, "heads of kind \(heads.kind.name) cannot be solved")
        precondition(!heads.isChained || exits.count == heads.count, "a chain is solved as one")
        let blas = try OpenBLAS.load()
        var (texts, heldOutLogits) = (Array(0..<targets.count), [Tensor]())
        for exit in exits {
            let targets = targets.gathering(texts)
            let folds = folds(ofExit: exit, texts: texts.count)
            let carried = heldOutLogits.last.flatMap { heads.carried($0, to: exit) }?
                .gathering(rows: texts.map(Int32.init))
            let matrix = try matrix(exit, of: heads, texts, carried, folds)
            let problem = LinearProblem(
                matrix, folds, targets, outputs: heads.outputCount, blas, workers)
            let path = RidgePath(problem, workers: workers) {
                Double(targets.gathering($0.texts).loss($0.heldOutLogits).scalar)
            }
            heads.replaceMap(ofExit: exit, matrix.standardization, path.weights)
            heldOutLogits.append(
                texts.count == self.targets.count
                    ? path.heldOutLogits
                    : logits(exit, of: heads, replacing: texts, by: path.heldOutLogits))
            texts = remaining(texts, path.heldOutLogits)
            progress(heldOutLogits.count)
        }
        return heldOutLogits
    }

    /// Each exit has folds of its own: what one exit says of a text comes from heads that have learned from the
    /// texts around it, and those that were held out together would know each other's answers by that.
    func folds(ofExit exit: Int, texts: Int) -> Folds {
        Folds(texts: texts, count: Self.folds, seed: RandomSource.seed(seed, UInt64(exit)))
    }

    /// The texts that an exit leaves to those behind it; all of them where too few would remain.
    private func remaining(_ texts: [Int], _ logits: Tensor) -> [Int] {
        guard let keepingConfidence else { return texts }
        let confidences = targets.rules.confidences(logits)
        let remaining = zip(texts, confidences).filter { !($0.1 >= keepingConfidence) }.map(\.0)
        return remaining.count < Self.leastTexts ? texts : remaining
    }

    private static let leastTexts = 200

    /// What an exit says of all texts: those that it has learned from get what they were held out for.
    private func logits(
        _ exit: Int, of heads: HeadSet, replacing texts: [Int], by heldOut: Tensor
    ) -> Tensor {
        var dropout = Dropout.none
        let all = Array(0..<targets.count)
        let fitted = heads.output(
            ofExit: exit, store.features(ofExit: exit, texts: all), store.ranges(all),
            previous: nil, &dropout
        ).logits
        let columns = fitted.columns
        return Tensor(fitted.shape) { values in
            values.update(from: fitted.pointer, count: fitted.shape.count)
            for (row, text) in texts.enumerated() {
                (values + text * columns).update(
                    from: heldOut.pointer + row * columns, count: columns)
            }
        }
    }

    /// Starts heads that are no linear maps with units that see standardised features, and solves for
    /// the maps behind these units.
    func start(_ heads: inout HeadSet, progress: (Int) -> Void) throws {
        heads.start(with: try scalings(of: heads))
        _ = try solve(&heads, exits: Array(0..<heads.count), progress: progress)
    }

    /// What standardises the features of each exit.
    ///
    /// - Throws: `OfframpError` (`data`) for states that are no numbers.
    func scalings(of heads: HeadSet) throws -> [FeatureScaling] {
        let folds = Folds(texts: targets.count, count: Self.folds, seed: seed)
        return try (0..<heads.count).map {
            try features(ofExit: $0, of: heads, folds).standardization.scaling
        }
    }

    /// The features of all texts at an exit, whatever its head makes of them.
    ///
    /// - Throws: `OfframpError` (`data`) for states that are no numbers.
    func features(ofExit exit: Int, of heads: HeadSet, _ folds: Folds) throws -> DesignMatrix {
        try matrix(
            depth: heads.depths[exit], inputs: store.width, Array(0..<targets.count), folds, nil
        ) { [store] in
            store.features(ofExit: exit, texts: $0)
        }
    }

    /// What the map of an exit reads of some texts.
    ///
    /// - Parameters:
    ///   - texts: those that are learned from.
    ///   - carried: the columns beside the features, for these texts.
    /// - Throws: `OfframpError` (`data`) for states that are no numbers.
    func matrix(
        _ exit: Int, of heads: HeadSet, _ texts: [Int], _ carried: Tensor?, _ folds: Folds
    ) throws -> DesignMatrix {
        try matrix(
            depth: heads.depths[exit],
            inputs: heads.inputCount(ofExit: exit) - (carried?.columns ?? 0), texts, folds, carried
        ) { [store, heads] in
            store.mapped(ofExit: exit, texts: $0) { heads.inputs(ofExit: exit, $0, $1) }
        }
    }

    private func matrix(
        depth: Int, inputs width: Int, _ texts: [Int], _ folds: Folds, _ carried: Tensor?,
        _ inputs: @escaping @Sendable (_ texts: [Int]) -> Tensor
    ) throws -> DesignMatrix {
        let columns = carried?.columns ?? 0
        let matrix = DesignMatrix(
            rows: texts.count, inputs: width + columns, workers: workers,
            emphasis: Array(repeating: 1, count: width)
                + Array(repeating: Self.emphasisOfCarried, count: columns)
        ) { rows, place, stride in
            let places = rows.map { folds.order[$0] }
            let inputs = inputs(places.map { texts[$0] })
            for (index, text) in places.enumerated() {
                let row = place + index * stride
                row.update(from: inputs.pointer + index * width, count: width)
                guard let carried else { continue }
                (row + width).update(from: carried.pointer + text * columns, count: columns)
            }
        }
        guard matrix.standardization.isFinite else { throw OfframpError.brokenStates(depth: depth) }
        return matrix
    }
}

extension Standardization {
    /// The map of inputs as they are that does what some weights do with standardised ones.
    ///
    /// - Parameter weights: `[outputs, inputs + 1]`; the last column is the bias.
    func map(_ weights: [Float], outputs: Int) -> (weight: Tensor, bias: Tensor) {
        let inputs = means.count
        var (weight, bias) = ([Float](), [Float]())
        for output in 0..<outputs {
            let start = output * (inputs + 1)
            var constant = Double(weights[start + inputs])
            for input in 0..<inputs {
                let factor = Double(weights[start + input]) * factors[input]
                weight.append(Float(factor))
                constant -= means[input] * factor
            }
            bias.append(Float(constant))
        }
        return (Tensor(weight, rows: outputs, columns: inputs), Tensor(bias))
    }
}
