import OfframpFiles
import OfframpTensor

/// The shape of a BERT encoder, as Hugging Face's `config.json` gives it.
public struct BertConfiguration: Sendable, Equatable {
    /// Width of a hidden state; `hidden_size`.
    public var width: Int
    /// Encoder layers; `num_hidden_layers`.
    public var layers: Int
    /// Attention heads a layer; `num_attention_heads`.
    public var heads: Int
    /// Width between the two products of the feed-forward network; `intermediate_size`.
    public var feedForwardWidth: Int
    /// Word pieces; `vocab_size`.
    public var vocabulary: Int
    /// The longest text in tokens; `max_position_embeddings`.
    public var positions: Int
    /// Segments; `type_vocab_size`.
    public var types: Int
    /// `hidden_act`.
    public var activation: Activation
    /// `layer_norm_eps`.
    public var epsilon: Float
    /// `hidden_dropout_prob`; used in training.
    public var hiddenDropout: Float
    /// `attention_probs_dropout_prob`; used in training.
    public var attentionDropout: Float

    /// Reads Hugging Face's keys; missing ones have the defaults of its `BertConfig`.
    ///
    /// - Parameters:
    ///   - json: the content of `config.json`.
    ///   - place: the file's name, for errors.
    /// - Throws: `OfframpError` (`data`) for another model type or a value that cannot be.
    package init(_ json: JSON, from place: String) throws {
        let reader = JSONReader(json, at: place)
        try reader.require("model_type", is: "bert")
        try reader.require("position_embedding_type", is: "absolute")
        try reader.require("is_decoder", is: false)
        try reader.require("add_cross_attention", is: false)
        width = try reader.count("hidden_size", default: 768)
        layers = try reader.count("num_hidden_layers", default: 12)
        heads = try reader.count("num_attention_heads", default: 12)
        feedForwardWidth = try reader.count("intermediate_size", default: 3072)
        vocabulary = try reader.count("vocab_size", default: 30522)
        positions = try reader.count("max_position_embeddings", default: 512)
        types = try reader.count("type_vocab_size", default: 2)
        epsilon = try reader.number("layer_norm_eps", default: 1e-12, in: 0..<1)
        hiddenDropout = try reader.number("hidden_dropout_prob", default: 0.1, in: 0..<1)
        attentionDropout = try reader.number(
            "attention_probs_dropout_prob", default: 0.1, in: 0..<1)
        activation = try reader.activation("hidden_act", default: .gelu)
        guard width % heads == 0 else {
            throw reader["hidden_size"].error(
                found: "\(width)", expected: "a multiple of the \(heads) heads")
        }
    }
}

extension JSONReader {
    /// Far above any BERT, far below an overflow of a product of two.
    private static let largestCount = 1 << 24

    fileprivate func count(_ key: String, default value: Int) throws -> Int {
        try self[key].ifPresent?.int(in: 1...Self.largestCount) ?? value
    }

    fileprivate func number(
        _ key: String, default value: Float, in range: Range<Float>
    ) throws -> Float {
        try self[key].ifPresent?.float(in: range) ?? value
    }

    /// Refuses any value but one, which is also the default.
    fileprivate func require(_ key: String, is value: JSON) throws {
        try self[key].ifPresent?.require(value)
    }

    fileprivate func activation(_ key: String, default value: Activation) throws -> Activation {
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
}
