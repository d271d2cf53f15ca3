/// One recorded operation: its inputs, and how the gradient of its result becomes gradients of
/// them.
final class TapeNode: Sendable {
    /// Adds to `sink` the gradients of the inputs, given the gradient of the result.
    typealias Pullback = @Sendable (_ gradient: Tensor, _ sink: inout GradientSink) -> Void

    let inputs: [TapeNode]
    let pullback: Pullback
    /// The number under which a leaf's gradient is found; `nil` for other nodes.
    let leaf: Int?

    init(leaf: Int) {
        self.leaf = leaf
        inputs = []
        pullback = { _, _ in }
    }

    init(inputs: [TapeNode], pullback: @escaping Pullback) {
        leaf = nil
        self.inputs = inputs
        self.pullback = pullback
    }
}

extension Tensor {
    /// This result as a node of the tape, if any input is on it.
    func recorded(from inputs: Tensor..., pullback: @escaping TapeNode.Pullback) -> Tensor {
        recorded(from: inputs, pullback: pullback)
    }

    /// The same, for inputs whose number is not known.
    func recorded(from inputs: [Tensor], pullback: @escaping TapeNode.Pullback) -> Tensor {
        let nodes = inputs.compactMap(\.node)
        return nodes.isEmpty ? self : recorded(by: TapeNode(inputs: nodes, pullback: pullback))
    }

    /// Runs the tape backwards from this scalar.
    ///
    /// - Returns: the gradients of all leaves that this scalar depends on.
    package func gradients() -> Gradients {
        precondition(shape.count == 1, "a gradient starts at a scalar, not at \(shape)")
        guard let node else { return Gradients() }
        var sink = GradientSink()
        sink.add(Tensor(shape, repeating: 1), at: node)
        for node in node.inReverseOrder() {
            guard node.leaf == nil, let gradient = sink.take(at: node) else { continue }
            node.pullback(gradient, &sink)
        }
        return sink.gradients
    }
}

extension TapeNode {
    /// This node and all nodes that it depends on; each comes after all nodes that read it.
    fileprivate func inReverseOrder() -> [TapeNode] {
        var finished: [TapeNode] = []
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
        // An explicit stack: on a deep model's tape, recursion would overflow the thread's own.
        var path = [(node: self, next: 0)]
        while let (node, next) = path.last {
            if next < node.inputs.count {
                path[path.count - 1].next += 1
                let input = node.inputs[next]
                if seen.insert(ObjectIdentifier(input)).inserted { path.append((input, 0)) }
            } else {
                finished.append(node)
                path.removeLast()
            }
        }
        return finished.reversed()
    }
}
