/// The number formats in `safetensors` files that Offramp reads and writes.
public enum ElementType: String, Sendable, CaseIterable {
    /// IEEE 754 single precision.
    case float32 = "F32"
    /// IEEE 754 half precision.
    case float16 = "F16"
    /// The upper half of a single.
    case bfloat16 = "BF16"
    /// Signed bytes, with a scale for each row in the tensor `<name>.scale`.
    case int8 = "I8"
    /// Signed 64-bit integers; Hugging Face's `position_ids`.
    case int64 = "I64"

    /// Bytes of one element.
    public var size: Int {
        switch self {
        case .int8: 1
        case .float16, .bfloat16: 2
        case .float32: 4
        case .int64: 8
        }
    }
}
