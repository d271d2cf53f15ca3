import ArgumentParser
import OfframpTensor

/// How `train` and `convert` store weights.
enum StorageOption: String, CaseIterable, ExpressibleByArgument {
    case float32, float16, bfloat16, int8

    /// The type in the file.
    var type: ElementType {
        switch self {
        case .float32: .float32
        case .float16: .float16
        case .bfloat16: .bfloat16
        case .int8: .int8
        }
    }
}
