extension EncoderFamily {
    /// BERT (Devlin et al. 2019).
    package static let bert = EncoderFamily(name: "bert")
}
