import Glibc

extension Tensor {
    /// `1 / (1 + e^-x)` of every element.
    package func sigmoid() -> Tensor {
        let result = Tensor(shape) { values in
            for index in 0..<shape.count { values[index] = 1 / (1 + exp(-pointer[index])) }
        }
        return result.recorded(from: self) { gradient, sink in
            let slope = Tensor(result.shape) { values in
                for index in 0..<result.shape.count {
                    let y = result.pointer[index]
                    values[index] = gradient.pointer[index] * y * (1 - y)
                }
            }
            sink.add(slope, to: self)
        }
    }
}
