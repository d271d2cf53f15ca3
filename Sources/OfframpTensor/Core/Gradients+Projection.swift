extension Gradients {
    /// Takes from some leaves' gradients what opposes those of a protected loss:
    /// `g - min(⟨g, p⟩ / |p|², 0) p`, leaf by leaf.
    package mutating func project(_ leaves: Set<Int>, protecting other: Gradients) {
        for leaf in leaves {
            guard let own = dense[leaf]?.tensor, let protected = other.dense[leaf]?.tensor
            else { continue }
            let squares = protected.dot(protected)
            let share = squares > 0 ? min(own.dot(protected) / squares, 0) : 0
            let projected = own + Float(-share) * protected
            dense[leaf] = DenseGradient()
            dense[leaf]?.add(projected)
        }
    }
}

extension Tensor {
    /// The sum of the products of elements at the same places.
    fileprivate func dot(_ other: Tensor) -> Double {
        precondition(shape == other.shape, "\(shape) times \(other.shape)")
        var sum = 0.0
        for index in 0..<shape.count {
            sum += Double(pointer[index]) * Double(other.pointer[index])
        }
        return sum
    }
}
