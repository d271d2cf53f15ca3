/// The number formats of `safetensors` files.
package enum ElementType: String, Sendable, CaseIterable {
    /// IEEE 754 single precision.
    case float32 = "F32"
    /// IEEE 754 half precision.
    case float16 = "F16"
    /// The upper half of a `float32`.
    case bfloat16 = "BF16"
    /// Signed bytes with one scale per row in a tensor `<name>.scale`.
    case int8 = "I8"
    /// IEEE 754 double precision; read as the nearest `float32`, never written.
    case float64 = "F64"

    // Formats that no weight has. Tensors of them are kept as they are and never read.

    /// Signed 64-bit integers, as in Hugging Face's `position_ids`.
    case int64 = "I64"
    case bool = "BOOL"
    case uint8 = "U8"
    case int16 = "I16"
    case uint16 = "U16"
    case int32 = "I32"
    case uint32 = "U32"
    case uint64 = "U64"
    case complex64 = "C64"
    case float8E4M3 = "F8_E4M3"
    case float8E5M2 = "F8_E5M2"

    /// Bytes of one element.
    package var size: Int {
        switch self {
        case .int8, .bool, .uint8, .float8E4M3, .float8E5M2: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64, .complex64: 8
        }
    }

    /// Whether weights may be stored in it.
    package var isOfWeights: Bool {
        switch self {
        case .float32, .float16, .bfloat16, .float64, .int8: true
        default: false
        }
    }
}
