import OfframpTensor

/// The scalar whose gradients are checked: the squared distance of a result from uneven targets.
///
/// Its differences are taken in double, so that only the operation itself rounds to float.
struct SquaredDistance {
    private func targets(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 3) - 0.8 } }

    func recorded(_ result: Tensor) -> Tensor {
        result.squaredError(targets(result.shape.count))
    }

    func exact(_ result: Tensor) -> Double {
        let squares = zip(result.values, targets(result.shape.count)).map { value, target in
            (Double(value) - Double(target)) * (Double(value) - Double(target))
        }
        return squares.reduce(0, +) / Double(max(squares.count, 1))
    }
}

/// The slope of `function` at one element of `input`, by central differences over two steps: the
/// error falls with the fourth power of the step.
func slope(
    at input: Tensor, _ element: Int, step: Float = 0.01, of function: (Tensor) -> Double
) -> Double {
    func difference(_ step: Float) -> Double {
        let values = [step, -step].map { step in
            var moved = input
            moved.withMutableValues { $0[element] += step }
            return function(moved)
        }
        return (values[0] - values[1]) / (2 * Double(step))
    }
    return (4 * difference(step) - difference(2 * step)) / 3
}
