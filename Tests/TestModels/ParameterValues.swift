import OfframpTensor

extension Parameterized {
    /// The values of all parameters by their names.
    package func values() -> [String: [Float]] {
        var reader = ValueReader()
        var copy = self
        copy.visitParameters(&reader, under: "")
        return reader.values
    }
}

private struct ValueReader: ParameterVisitor {
    var values: [String: [Float]] = [:]

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        values[names.joined(separator: "+")] = tensor.values
    }
}
