/// The number formats of `safetensors` files that Offramp reads.
package enum ElementType: String, Sendable, CaseIterable {
    /// IEEE 754 single precision.
    case float32 = "F32"
    /// IEEE 754 half precision.
    case float16 = "F16"
    /// The upper half of a `float32`.
    case bfloat16 = "BF16"
    /// Signed bytes with one scale per row in a tensor `<name>.scale`.
    case int8 = "I8"
    /// Signed 64-bit integers, as in Hugging Face's `position_ids`; never widened to floats.
    case int64 = "I64"

    /// Bytes of one element.
    package var size: Int {
        switch self {
        case .int8: 1
        case .float16, .bfloat16: 2
        case .float32: 4
        case .int64: 8
        }
    }
}
