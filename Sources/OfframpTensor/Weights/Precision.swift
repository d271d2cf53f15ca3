/// The number format in which a model multiplies at inference.
public enum Precision: String, Sendable, CaseIterable {
    /// IEEE 754 single precision.
    case float32
    /// Weights and inputs rounded to bfloat16, sums in single precision.
    case bfloat16
    /// Weights quantised by output, inputs by row, both symmetric; sums exact.
    case int8
}
