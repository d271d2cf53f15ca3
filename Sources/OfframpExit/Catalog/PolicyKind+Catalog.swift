extension PolicyKind {
    /// All kinds, as a help text lists them.
    package static let catalog = [
        full, depth, entropy, uncertainty, confidence, patience, patientConfidence, similarity,
        agreement, ensemble, beem, stable, quota, gates, predicted,
        learned, halting,
    ]
}
