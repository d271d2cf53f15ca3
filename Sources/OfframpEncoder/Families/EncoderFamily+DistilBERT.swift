extension EncoderFamily {
    /// DistilBERT (Sanh et al. 2019): half of BERT's layers, and no segments.
    static let distilbert = EncoderFamily(
        name: "distilbert",
        keys: [
            "hidden_size": "dim", "num_hidden_layers": "n_layers", "num_attention_heads": "n_heads",
            "intermediate_size": "hidden_dim", "hidden_act": "activation",
            "hidden_dropout_prob": "dropout", "attention_probs_dropout_prob": "attention_dropout",
        ],
        defaults: ["num_hidden_layers": 6],
        parts: [
            "attention.self.query": "attention.q_lin", "attention.self.key": "attention.k_lin",
            "attention.self.value": "attention.v_lin",
            "attention.output.dense": "attention.out_lin",
            "attention.output.LayerNorm": "sa_layer_norm",
            "intermediate.dense": "ffn.lin1", "output.dense": "ffn.lin2",
            "output.LayerNorm": "output_layer_norm", "pooler.dense": "pre_classifier",
        ],
        layers: "transformer.layer.",
        hasSegments: false,
        classifierActivation: .relu)
}
