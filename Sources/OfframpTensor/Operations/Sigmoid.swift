import Glibc

extension Tensor {
    /// `1 / (1 + e^-x)` of every element.
    package func sigmoid() -> Tensor {
        let result = mapped { 1 / (1 + Glibc.exp(-$0)) }
        return result.recorded(from: self) { gradient, sink in
            sink.add(gradient.combined(with: result) { $0 * $1 * (1 - $1) }, to: self)
        }
    }
}
