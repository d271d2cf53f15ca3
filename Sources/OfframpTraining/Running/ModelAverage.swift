import OfframpEngine
import OfframpTensor

/// The running average of a model's weights over the ends of its cycles (stochastic weight averaging,
/// Izmailov et al. 2018): flatter and more accurate than each of them.
package struct ModelAverage: Sendable {
    /// The average so far; `nil` before the first model.
    package private(set) var model: EarlyExitModel?
    /// How many models it holds.
    private(set) var count: Int

    package init(model: EarlyExitModel? = nil, count: Int = 0) {
        self.model = model
        self.count = count
    }

    /// Adds a model to the average.
    package mutating func add(_ other: EarlyExitModel) {
        count += 1
        guard var average = model else {
            model = other
            return
        }
        var reader = Reader()
        var other = other
        other.visitParameters(&reader, under: "")
        var mixer = Mixer(others: reader.tensors, share: 1 / Float(count))
        average.visitParameters(&mixer, under: "")
        model = average
    }

    private struct Reader: ParameterVisitor {
        var tensors: [Tensor] = []

        mutating func visit(_ names: [String], _ tensor: inout Tensor) { tensors.append(tensor) }

        mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
            if matrix.isTrainable { tensors.append(matrix.tensor) }
        }
    }

    private struct Mixer: ParameterVisitor {
        let others: [Tensor]
        let share: Float
        private var next = 0

        init(others: [Tensor], share: Float) {
            self.others = others
            self.share = share
        }

        mutating func visit(_ names: [String], _ tensor: inout Tensor) {
            tensor = (1 - share) * tensor + share * others[next]
            next += 1
        }

        mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
            guard matrix.isTrainable else { return }
            var tensor = matrix.tensor
            visit(names, &tensor)
            matrix = .float32(tensor)
        }
    }
}
