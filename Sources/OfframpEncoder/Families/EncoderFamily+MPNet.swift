extension EncoderFamily {
    /// MPNet (Song et al. 2020): distances in attention, no segments, and positions counted from behind
    /// the row of padding.
    static let mpnet = EncoderFamily(
        name: "mpnet",
        defaults: ["vocab_size": 30527],
        parts: [
            "attention.self.query": "attention.attn.q", "attention.self.key": "attention.attn.k",
            "attention.self.value": "attention.attn.v",
            "attention.output.dense": "attention.attn.o",
            "attention.output.LayerNorm": "attention.LayerNorm",
            "pooler.dense": "classifier.dense", "classifier": "classifier.out_proj",
        ],
        hasSegments: false,
        firstPosition: 2,
        hasRelativePositions: true)
}
