import OfframpTensor

extension AdamStep {
    /// Changes a parameter with rows of `width`, and its moments.
    func apply(_ gradient: LeafGradient.Content, to place: ParameterPointers, width: Int) {
        switch gradient {
        case .none: break
        case .dense(let gradient):
            apply(gradient.pointer, gradient.shape.count, to: place, at: 0)
        case .rows(let rows, let gradient):
            for (index, row) in rows.enumerated() {
                apply(gradient.pointer + index * width, width, to: place, at: Int(row) * width)
            }
        }
    }

    private func apply(
        _ gradient: UnsafePointer<Float>, _ count: Int, to place: ParameterPointers, at offset: Int
    ) {
        apply(
            gradient, count: count, values: place.values + offset, first: place.first + offset,
            second: place.second + offset)
    }
}
