import ArgumentParser
import OfframpTensor

/// What layers compute in, as it is asked for.
enum PrecisionOption: String, CaseIterable, ExpressibleByArgument {
    /// What was fastest without a loss of accuracy when the checkpoint was made.
    case auto
    case float32
    case bfloat16
    case int8

    /// The precision, where one is asked for.
    var precision: Precision? { Precision(rawValue: rawValue) }
}
