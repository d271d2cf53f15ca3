extension EncoderFamily {
    /// ELECTRA (Clark et al. 2020): embeddings may be narrower than hidden states.
    static let electra = EncoderFamily(
        name: "electra",
        defaults: [
            "embedding_size": 128, "hidden_size": 256, "num_attention_heads": 4,
            "intermediate_size": 1024,
        ],
        parts: [
            "embeddings.project": "embeddings_project",
            "pooler.dense": "classifier.dense", "classifier": "classifier.out_proj",
        ],
        projectsEmbeddings: true,
        classifierActivation: .gelu)
}
