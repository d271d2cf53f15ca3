import OfframpEngine
import OfframpExit
import OfframpTensor

/// The parameters that a stage trains, numbered as the leaves of the tape.
///
/// Parameters of the same name are one parameter: it is tracked and changed once.
package struct ParameterTable: Sendable {
    /// One trained parameter.
    package struct Entry: Sendable {
        /// Its name; the names of stacked parts are joined by `+`.
        package let name: String
        let shape: Shape
        /// Whether AdamW decays it: matrices of products, but no biases, norms or embeddings.
        let decays: Bool
        /// Whether it belongs to a head rather than to the backbone.
        package let isHead: Bool
    }

    /// In the order in which the model shows them.
    package private(set) var entries: [Entry] = []
    private var indices: [String: Int] = [:]

    /// Lists the parameters of some parts of a model.
    package init(_ model: EarlyExitModel, parts: TrainedParts) {
        var (backbone, heads) = (model.backbone, model.heads)
        var lister = Lister(table: self, parts: parts)
        backbone.visitParameters(&lister, under: "")
        for exit in 0..<heads.count {
            lister.part = exit == heads.count - 1 ? .lastHead : .innerHeads
            heads.visitParameters(&lister, ofExit: exit, under: "")
        }
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

    /// The leaves that are weight matrices of the encoder's layers, without the last layer's.
    func layerWeights(layers: Int) -> Set<Int> {
        let last = "encoder.layer.\(layers - 1)."
        return Set(
            entries.indices.filter { leaf in
                let entry = entries[leaf]
                return entry.decays && entry.name.hasPrefix("encoder.layer.")
                    && !entry.name.hasPrefix(last)
            })
    }

    func index(_ names: [String]) -> Int? { indices[names.joined(separator: "+")] }

    /// Lists what it is shown as parameters of one part after another.
    private struct Lister: ParameterVisitor {
        var table: ParameterTable
        let parts: TrainedParts
        var part = TrainedParts.backbone
        private var seen: Set<String> = []

        init(table: ParameterTable, parts: TrainedParts) {
            self.table = table
            self.parts = parts
        }

        mutating func visit(_ names: [String], _ tensor: inout Tensor) {
            add(names, tensor.shape, decays: false)
        }

        mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
            add(names, matrix.shape, decays: use != .lookup)
        }

        private mutating func add(_ names: [String], _ shape: Shape, decays: Bool) {
            let name = names.joined(separator: "+")
            // A parameter that several exits share belongs to the first: it is an inner head's.
            let part = SignalHead.isParameter(name) ? .signals : part
            guard seen.insert(name).inserted, parts.contains(part) else { return }
            table.indices[name] = table.entries.count
            table.entries.append(
                Entry(name: name, shape: shape, decays: decays, isHead: part != .backbone))
        }
    }

    /// Finds the matrices of the backbone's products.
    private struct Collector: ParameterVisitor {
        let table: ParameterTable
        var leaves: [Int] = []
        var matrices: [Tensor] = []

        mutating func visit(_ names: [String], _ tensor: inout Tensor) {}

        mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
            guard use != .lookup, let leaf = table.index(names), !table.entries[leaf].isHead
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
