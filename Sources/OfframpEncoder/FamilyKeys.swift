import OfframpFiles
import OfframpTensor

/// A `config.json`, read by BERT's keys whatever its family calls them.
struct FamilyKeys {
    /// The family that `model_type` names.
    let family: EncoderFamily
    private let reader: JSONReader

    /// Far above any encoder, and a product of two cannot overflow.
    private static let largestCount = 1 << 24

    /// - Throws: `OfframpError` (`data`) for a model type that is none of the families.
    init(_ reader: JSONReader) throws {
        self.reader = reader
        let families = EncoderFamily.all
        let names = families.map(\.name).joined(separator: ", ")
        family =
            try reader["model_type"].ifPresent?.value("\(names): encoders that read word pieces") {
                json in
                families.first { .string($0.name) == json }
            } ?? .bert
    }

    subscript(key: String) -> JSONReader { reader[family.keys[key] ?? key] }

    func count(
        _ key: String, default value: Int, least: Int = 1, multiple: Int = 1
    ) throws -> Int {
        let count =
            try self[key].ifPresent?.int(in: least...Self.largestCount)
            ?? family.defaults[key] ?? value
        guard count % multiple == 0 else {
            throw self[key].error(found: "\(count)", expected: "a multiple of \(multiple)")
        }
        return count
    }

    /// A number from 0 to below 1.
    func number(_ key: String, default value: Float) throws -> Float {
        try self[key].ifPresent?.float(in: 0..<1) ?? value
    }

    func activation(_ key: String, default value: Activation) throws -> Activation {
        let names = "gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, relu or tanh"
        return try self[key].ifPresent?.value(names) { json in
            switch json.string {
            case "gelu": .gelu
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": .geluTanh
            case "relu": .relu
            case "tanh": .tanh
            default: nil
            }
        } ?? value
    }

    /// Refuses decoders and other kinds of positions.
    func requireAbsolutePositions() throws {
        try reader["position_embedding_type"].ifPresent?.require("absolute")
        try reader["is_decoder"].ifPresent?.require(false)
        try reader["add_cross_attention"].ifPresent?.require(false)
    }
}
