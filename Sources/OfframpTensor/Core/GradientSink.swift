/// Collects gradients while the tape runs backwards.
struct GradientSink {
    private(set) var gradients = Gradients()
    private var pending: [ObjectIdentifier: Tensor] = [:]

    /// Adds to the gradient of an input; does nothing if it is not on the tape.
    mutating func add(_ gradient: @autoclosure () -> Tensor, to input: Tensor) {
        if let node = input.node { add(gradient(), at: node) }
    }

    /// Adds to the gradient of some rows of a table; does nothing if it is not on the tape.
    mutating func add(_ gradient: Tensor, toRows indices: [Int32], of table: Tensor) {
        guard let node = table.node else { return }
        guard let leaf = node.leaf else { preconditionFailure("a table is a leaf") }
        gradients.rows[leaf, default: RowGradient()].append(indices: indices, gradient: gradient)
    }

    /// Adds to the gradient of a product's weights; if they are a leaf, it is multiplied out later.
    mutating func add(_ product: GradientProduct, to weight: Tensor) {
        guard let node = weight.node else { return }
        if let leaf = node.leaf {
            gradients.dense[leaf, default: DenseGradient()].add(product)
        } else {
            add(DenseGradient(product).tensor, at: node)
        }
    }

    mutating func add(_ gradient: Tensor, at node: TapeNode) {
        if let leaf = node.leaf {
            gradients.dense[leaf, default: DenseGradient()].add(gradient)
        } else {
            pending[ObjectIdentifier(node)].accumulate(gradient)
        }
    }

    mutating func take(at node: TapeNode) -> Tensor? {
        pending.removeValue(forKey: ObjectIdentifier(node))
    }
}

extension Optional<Tensor> {
    /// Adds `other`, in place if this value is not shared.
    mutating func accumulate(_ other: Tensor) {
        guard var sum = take() else {
            self = other
            return
        }
        sum.add(other)
        self = sum
    }
}
