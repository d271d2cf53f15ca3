import OfframpEngine
import OfframpTensor

/// The parameters that a stage trains, numbered as the leaves of the tape.
///
/// Parameters of the same name are one parameter: it is tracked and changed once.
struct ParameterTable: Sendable {
    struct Entry: Sendable {
        let name: String
        let shape: Shape
        /// Whether AdamW decays it: matrices of products, no biases, norms or embeddings.
        let decays: Bool
        let isHead: Bool
    }

    private(set) var entries: [Entry] = []
    private(set) var indices: [String: Int] = [:]

    init(_ model: EarlyExitModel, parts: TrainedParts) {
        var lister = Lister(
            table: self, parts: parts, lastPrefix: "exits.\(model.heads.depths.last ?? 0).")
        var model = model
        model.visitParameters(&lister, under: "")
        self = lister.table
    }

    /// The model with the trained parameters at the start of the tape.
    ///
    /// - Parameters:
    ///   - format: of the backbone's products; heads are too small to gain anything.
    ///   - workers: share the rounding of the weights.
    func tracked(
        _ model: EarlyExitModel, format: ProductFormat, workers: Workers
    ) -> EarlyExitModel {
        var model = model
        var tracker = Tracker(table: self)
        if format == .bfloat16 {
            var collector = Collector(table: self)
            model.visitParameters(&collector, under: "")
            let (leaves, matrices) = (collector.leaves, collector.matrices)
            let mixed = workers.map(leaves.count) {
                MixedWeights(matrices[$0]).tracked(as: leaves[$0])
            }
            tracker.mixed = Dictionary(uniqueKeysWithValues: zip(leaves, mixed))
        }
        model.visitParameters(&tracker, under: "")
        return model
    }

    func index(_ names: [String]) -> Int? { indices[names.joined(separator: "+")] }

    private struct Lister: ParameterVisitor {
        var table: ParameterTable
        let parts: TrainedParts
        let lastPrefix: String

        mutating func visit(_ names: [String], _ tensor: inout Tensor) {
            add(names, tensor.shape, decays: false)
        }

        mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
            add(names, matrix.shape, decays: use == .product)
        }

        private mutating func add(_ names: [String], _ shape: Shape, decays: Bool) {
            let name = names.joined(separator: "+")
            let part = part(name)
            guard parts.contains(part), table.indices[name] == nil else { return }
            table.indices[name] = table.entries.count
            table.entries.append(
                Entry(name: name, shape: shape, decays: decays, isHead: part != .backbone))
        }

        private func part(_ name: String) -> TrainedParts {
            if name.hasPrefix(lastPrefix) { return .lastHead }
            // A pooler that all exits share belongs to the inner heads as well.
            return name.hasPrefix("exits.") || name.hasPrefix("pooler.") ? .innerHeads : .backbone
        }
    }

    /// Finds the matrices of the backbone's products.
    private struct Collector: ParameterVisitor {
        let table: ParameterTable
        var leaves: [Int] = []
        var matrices: [Tensor] = []

        mutating func visit(_ names: [String], _ tensor: inout Tensor) {}

        mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
            guard use == .product, let leaf = table.index(names), !table.entries[leaf].isHead
            else { return }
            leaves.append(leaf)
            matrices.append(matrix.tensor)
        }
    }

    private struct Tracker: ParameterVisitor {
        let table: ParameterTable
        /// By leaf.
        var mixed: [Int: MixedWeights] = [:]

        mutating func visit(_ names: [String], _ tensor: inout Tensor) {
            if let leaf = table.index(names) { tensor = tensor.tracked(as: leaf) }
        }

        mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
            guard let leaf = table.index(names) else { return }
            matrix =
                mixed[leaf].map(WeightMatrix.mixed)
                ?? .float32(matrix.tensor.tracked(as: leaf))
        }
    }
}
