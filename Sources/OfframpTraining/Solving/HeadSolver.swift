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

    private static let folds = 5
    /// A few carried logits say as much as hundreds of features, and are penalised less.
    private static let emphasisOfCarried: Float = 3

    /// Puts heads at their optimum.
    ///
    /// - Parameter progress: called with the number of exits that are done.
    /// - Returns: for each exit what texts get from heads that were fitted without them,
    ///   `[texts, outputs]`.
    /// - Throws: `OfframpError`: `noInput` without OpenBLAS, `data` for states that are no numbers.
    func solve(_ heads: inout HeadSet, progress: (Int) -> Void) throws -> [Tensor] {
        precondition(heads.areSolvable, "heads of kind \(heads.kind.name) cannot be solved")
        let blas = try OpenBLAS.load()
        let folds = Folds(texts: targets.count, count: Self.folds, seed: seed)
        var heldOutLogits: [Tensor] = []
        for exit in 0..<heads.count {
            let carried = heldOutLogits.last.flatMap { heads.carried($0, to: exit) }
            let matrix = try matrix(exit, of: heads, carried, folds)
            let outputs = heads.outputCount
            let problem = LinearProblem(matrix, folds, targets, outputs: outputs, blas, workers)
            let path = RidgePath(problem, workers: workers) {
                Double(targets.loss($0.heldOutLogits).scalar)
            }
            heads.replaceMap(ofExit: exit, matrix.standardization, path.weights)
            heldOutLogits.append(path.heldOutLogits)
            progress(exit + 1)
        }
        return heldOutLogits
    }

    /// Starts heads that are no linear maps with units that see standardised features, and solves for
    /// the maps behind these units.
    func start(_ heads: inout HeadSet, progress: (Int) -> Void) throws {
        let folds = Folds(texts: targets.count, count: Self.folds, seed: seed)
        let scalings = try (0..<heads.count).map { exit in
            try matrix(depth: heads.depths[exit], folds, nil) { [store] in
                store.features(ofExit: exit, texts: $0)
            }.standardization.scaling
        }
        heads.start(with: scalings)
        _ = try solve(&heads, progress: progress)
    }

    /// What the map of an exit reads of all texts.
    ///
    /// - Parameter carried: the columns beside the features, in the texts' own order.
    /// - Throws: `OfframpError` (`data`) for states that are no numbers.
    func matrix(
        _ exit: Int, of heads: HeadSet, _ carried: Tensor?, _ folds: Folds
    ) throws -> DesignMatrix {
        try matrix(depth: heads.depths[exit], folds, carried) { [store, heads] in
            heads.inputs(ofExit: exit, store.features(ofExit: exit, texts: $0))
        }
    }

    private func matrix(
        depth: Int, _ folds: Folds, _ carried: Tensor?,
        inputs: @escaping @Sendable (_ texts: [Int]) -> Tensor
    ) throws -> DesignMatrix {
        let (width, columns) = (store.width, carried?.columns ?? 0)
        let matrix = DesignMatrix(
            rows: targets.count, inputs: width + columns, workers: workers,
            emphasis: Array(repeating: 1, count: width)
                + Array(repeating: Self.emphasisOfCarried, count: columns)
        ) { rows, place, stride in
            let texts = rows.map { folds.order[$0] }
            let inputs = inputs(texts)
            for (index, text) in texts.enumerated() {
                let row = place + index * stride
                row.update(from: inputs.pointer + index * width, count: width)
                guard let carried else { continue }
                (row + width).update(from: carried.pointer + text * columns, count: columns)
            }
        }
        guard matrix.standardization.isFinite else {
            throw OfframpError(
                .data, at: "hidden states at depth \(depth)", found: "infinity or NaN",
                expected: "numbers: the backbone's weights are broken")
        }
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
