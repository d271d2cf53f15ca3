import OfframpEncoder
import OfframpFiles
import OfframpTensor
import Testing

@Suite struct EncoderConfigurationTests {
    private func configuration(_ text: String) throws -> EncoderConfiguration {
        try EncoderConfiguration(JSON(parsing: text, from: "config.json"), from: "config.json")
    }

    @Test func `has BERT-base's defaults for what it leaves out`() throws {
        let base = try configuration("{}")
        #expect(
            [base.width, base.layerCount, base.headCount, base.feedForwardWidth] == [
                768, 12, 12, 3072,
            ])
        #expect([base.vocabularySize, base.positionCount, base.segmentCount] == [30522, 512, 2])
        #expect([base.epsilon, base.hiddenDropout, base.attentionDropout] == [1e-12, 0.1, 0.1])
        #expect(base.activation == .gelu)
    }

    @Test func `gives every value under its own key`() throws {
        let tiny = try configuration(
            """
            {"model_type": "bert", "hidden_size": 30, "num_hidden_layers": 2, \
            "num_attention_heads": 5, "intermediate_size": 7, "vocab_size": 11, \
            "max_position_embeddings": 13, "type_vocab_size": 3, "layer_norm_eps": 1e-5, \
            "hidden_dropout_prob": 0, "attention_probs_dropout_prob": 0.25, "hidden_act": "relu", \
            "is_decoder": false, "position_embedding_type": "absolute", "anything": [null]}
            """)
        #expect(
            [tiny.width, tiny.layerCount, tiny.headCount, tiny.feedForwardWidth] == [30, 2, 5, 7])
        #expect([tiny.vocabularySize, tiny.positionCount, tiny.segmentCount] == [11, 13, 3])
        #expect([tiny.epsilon, tiny.hiddenDropout, tiny.attentionDropout] == [1e-5, 0, 0.25])
        #expect(tiny.activation == .relu)
    }

    @Test func `of DistilBERT has its own keys and defaults, and no segments`() throws {
        let plain = try configuration(#"{"model_type": "distilbert"}"#)
        #expect([plain.width, plain.layerCount, plain.feedForwardWidth] == [768, 6, 3072])
        #expect(plain.segmentCount == nil && plain.positionCount == 512)
        let tiny = try configuration(
            """
            {"model_type": "distilbert", "dim": 30, "n_layers": 2, "n_heads": 5, "hidden_dim": 7, \
            "activation": "relu", "dropout": 0, "attention_dropout": 0.25, "hidden_size": 99}
            """)
        #expect(
            [tiny.width, tiny.layerCount, tiny.headCount, tiny.feedForwardWidth] == [30, 2, 5, 7])
        #expect([tiny.hiddenDropout, tiny.attentionDropout] == [0, 0.25])
        #expect(tiny.activation == .relu)
    }

    @Test func `of ELECTRA has narrower embeddings`() throws {
        let small = try configuration(#"{"model_type": "electra"}"#)
        #expect([small.width, small.embeddingWidth, small.headCount] == [256, 128, 4])
        let base = try configuration(
            #"{"model_type": "electra", "embedding_size": 768, "hidden_size": 768}"#)
        #expect(base.embeddingWidth == 768)
    }

    /// Two rows of its position table are never read.
    @Test func `of MPNet has ranges of distances and longer tables than texts`() throws {
        let base = try configuration(
            #"{"model_type": "mpnet", "max_position_embeddings": 514, "type_vocab_size": 2}"#)
        #expect(
            [base.positionCount, base.distanceBuckets, base.vocabularySize] == [512, 32, 30527])
        #expect(base.segmentCount == nil)
        let error = try #require(throws: OfframpError.self) {
            try configuration(#"{"model_type": "mpnet", "max_position_embeddings": 2}"#)
        }
        #expect(error.place == "config.json: max_position_embeddings")
    }

    @Test(arguments: [
        ("gelu", Activation.gelu), ("gelu_new", .geluTanh), ("gelu_pytorch_tanh", .geluTanh),
        ("gelu_fast", .geluTanh), ("relu", .relu), ("tanh", .tanh),
    ])
    func `knows the names of an activation`(_ name: String, _ activation: Activation) throws {
        #expect(try configuration("{\"hidden_act\": \"\(name)\"}").activation == activation)
    }

    @Test(arguments: [
        ("model_type", "\"roberta\""), ("model_type", "7"), ("hidden_act", "\"swish\""),
        ("hidden_act", "3"), ("hidden_act", "\"identity\""), ("hidden_size", "0"),
        ("hidden_size", "-768"), ("hidden_size", "768.5"), ("hidden_size", "\"768\""),
        ("hidden_size", "770"), ("hidden_size", "99999999999999999999"),
        ("num_hidden_layers", "0"), ("num_attention_heads", "0"), ("vocab_size", "null"),
        ("max_position_embeddings", "16777217"), ("layer_norm_eps", "-1e-12"),
        ("layer_norm_eps", "\"small\""), ("hidden_dropout_prob", "1"),
        ("hidden_dropout_prob", "0.99999999999"), ("attention_probs_dropout_prob", "-0.1"),
        ("position_embedding_type", "\"relative_key\""), ("is_decoder", "true"),
        ("add_cross_attention", "true"),
    ])
    func `is refused with the key, what stood there and what is allowed`(
        _ key: String, _ value: String
    ) throws {
        let error = try #require(throws: OfframpError.self) {
            try configuration("{\"\(key)\": \(value)}")
        }
        #expect(error.kind == .data)
        #expect(error.place == "config.json: \(key)")
        #expect(error.found == value)
    }

    @Test func `of a model that is not divided evenly among its heads is refused`() throws {
        let error = try #require(throws: OfframpError.self) {
            try configuration("{\"hidden_size\": 32, \"num_attention_heads\": 5}")
        }
        #expect(error.expected == "a multiple of the 5 heads")
    }
}
