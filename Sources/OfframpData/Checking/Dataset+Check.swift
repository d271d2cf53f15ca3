extension Dataset {
    /// What a user should know before these rows are learned from, in a sentence; `nil` where nothing is odd.
    ///
    /// - Parameter dev: the rows that are reported on, if any.
    package func warning(against dev: Dataset?) -> String? {
        var answers: [String: Target] = [:]
        var contradictory: Set<String> = []
        for row in rows {
            let key = CheckedRow.key(row.text, row.pair)
            if let known = answers[key], known != row.target { contradictory.insert(key) }
            answers[key] = row.target
        }
        let shared = Set((dev?.rows ?? []).map { CheckedRow.key($0.text, $0.pair) })
            .count { answers[$0] != nil }
        let parts = [
            contradictory.isEmpty ? nil : "\(contradictory.count) texts under several labels",
            shared == 0 ? nil : "\(shared) texts that are in --dev too",
        ].compactMap(\.self)
        return parts.isEmpty
            ? nil : "\(name): \(parts.joined(separator: ", ")); offramp check lists them"
    }
}
