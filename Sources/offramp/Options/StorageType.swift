import ArgumentParser
import OfframpTensor

/// Reads how weights are to be stored.
enum StorageType {
    /// What can be written, as help texts list it.
    static let choices = types.map(\.name).joined(separator: "|")

    private static let types: [ElementType] = [.float32, .float16, .bfloat16, .int8]

    /// The type of this name.
    static func named(_ name: String) throws -> ElementType {
        guard let type = types.first(where: { $0.name == name }) else {
            throw ValidationError("expected \(choices)")
        }
        return type
    }
}
