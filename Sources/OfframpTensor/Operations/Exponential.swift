import Glibc

extension Tensor {
    /// `e` to the power of every element.
    package func exp() -> Tensor {
        let result = mapped { Glibc.exp($0) }
        return result.recorded(from: self) { gradient, sink in
            sink.add(gradient.combined(with: result, *), to: self)
        }
    }

    /// The natural logarithm of probabilities, of which one may be 0: finite.
    package func logOfProbability() -> Tensor { (self + Float.leastNormalMagnitude).log() }

    /// The natural logarithm of every element; NaN below 0.
    package func log() -> Tensor {
        mapped { Glibc.log($0) }.recorded(from: self) { gradient, sink in
            sink.add(gradient.combined(with: self, /), to: self)
        }
    }
}
