/// A bfloat16 is the upper half of a float's bits.
extension Float {
    /// The nearest bfloat16, ties to even; NaN becomes the quiet NaN.
    var bfloat16Bits: UInt16 {
        guard !isNaN else { return 0x7FC0 }
        let rounding = 0x7FFF + (bitPattern >> 16 & 1)
        return UInt16(truncatingIfNeeded: (bitPattern &+ rounding) >> 16)
    }

    /// The number that a bfloat16 is.
    init(bfloat16Bits bits: UInt16) { self.init(bitPattern: UInt32(bits) << 16) }
}

extension UnsafeMutablePointer<UInt16> {
    /// Writes the bfloat16 nearest to each of some floats.
    package func round(_ values: UnsafePointer<Float>, count: Int) {
        for index in 0..<count { self[index] = values[index].bfloat16Bits }
    }
}

extension UnsafeMutablePointer<Float> {
    /// Writes the numbers that some bfloat16 are.
    package func widen(_ bits: UnsafePointer<UInt16>, count: Int) {
        for index in 0..<count { self[index] = Float(bfloat16Bits: bits[index]) }
    }
}

extension Tensor {
    /// The same numbers, each rounded to the nearest bfloat16.
    package var roundedToBfloat16: Tensor {
        Tensor(shape) { rounded in
            for index in 0..<shape.count {
                rounded[index] = Float(bfloat16Bits: pointer[index].bfloat16Bits)
            }
        }
    }
}
