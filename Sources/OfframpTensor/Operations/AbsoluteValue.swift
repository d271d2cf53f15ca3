extension Tensor {
    /// The distance of every element from 0.
    package func absolute() -> Tensor {
        mapped { abs($0) }.recorded(from: self) { gradient, sink in
            sink.add(gradient.combined(with: self) { $1 < 0 ? -$0 : $1 > 0 ? $0 : 0 }, to: self)
        }
    }
}
