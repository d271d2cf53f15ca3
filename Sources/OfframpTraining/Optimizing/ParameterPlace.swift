import OfframpEngine
import OfframpTensor

/// The running means of a parameter's gradient and of its square.
struct Moments: Sendable {
    var first: Tensor
    var second: Tensor

    init(first: Tensor, second: Tensor) {
        self.first = first
        self.second = second
    }

    /// Both zero: before the first step.
    init(shape: Shape) {
        self.init(first: Tensor(shape, repeating: 0), second: Tensor(shape, repeating: 0))
    }
}

/// A parameter and its moments, taken out of their owners so that they can be changed in place.
struct ParameterPlace {
    var value: Tensor
    var moments: Moments

    init(value: Tensor, moments: Moments) {
        self.value = value
        self.moments = moments
    }

    /// A vector of zeros that has not been changed yet.
    init(zeros count: Int) {
        self.init(
            value: Tensor(.vector(count), repeating: 0), moments: Moments(shape: .vector(count)))
    }

    mutating func pointers() -> ParameterPointers {
        ParameterPointers(
            values: value.exclusivePointer(), first: moments.first.exclusivePointer(),
            second: moments.second.exclusivePointer())
    }
}

/// Unchecked `Sendable`: each parameter is changed by one worker while nobody else reads it.
struct ParameterPointers: @unchecked Sendable {
    let values: UnsafeMutablePointer<Float>
    let first: UnsafeMutablePointer<Float>
    let second: UnsafeMutablePointer<Float>
}

extension ParameterTable {
    /// Takes the trained parameters out of a model, in the order of the entries.
    func takePlaces(
        of model: inout EarlyExitModel, moments: inout [Moments]
    ) -> [ParameterPlace] {
        var exchange = Exchange(
            table: self, tensors: Array(repeating: .empty, count: entries.count))
        model.visitParameters(&exchange, under: "")
        let places = zip(exchange.tensors, moments).map { ParameterPlace(value: $0, moments: $1) }
        moments = []
        return places
    }

    /// Puts them back.
    func putBack(
        _ places: [ParameterPlace], into model: inout EarlyExitModel,
        moments: inout [Moments]
    ) {
        moments = places.map(\.moments)
        var exchange = Exchange(table: self, tensors: places.map(\.value))
        exchange.isReturning = true
        model.visitParameters(&exchange, under: "")
    }

    /// Swaps a model's parameters with a list's.
    private struct Exchange: ParameterVisitor {
        let table: ParameterTable
        var tensors: [Tensor]
        var isReturning = false
        private var seen: Set<Int> = []

        init(table: ParameterTable, tensors: [Tensor]) {
            self.table = table
            self.tensors = tensors
        }

        mutating func visit(_ names: [String], _ tensor: inout Tensor) {
            guard let index = table.index(names) else { return }
            exchange(&tensor, index)
        }

        mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
            // What is not trained need not have the form for it.
            guard let index = table.index(names) else { return }
            var tensor = matrix.tensor
            exchange(&tensor, index)
            matrix = .float32(tensor)
        }

        private mutating func exchange(_ tensor: inout Tensor, _ index: Int) {
            if isReturning {
                // A shared parameter returns to every place that it stands in.
                tensor = tensors[index]
            } else {
                if seen.insert(index).inserted { tensors[index] = tensor }
                tensor = .empty
            }
        }
    }
}
