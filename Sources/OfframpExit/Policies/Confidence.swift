/// Leaves when the largest probability reaches a threshold.
///
/// Shallow-Deep Networks (Kaya, Hong and Dumitras, 2019), where a text that no exit was sure of is
/// answered by the most confident exit: an option here.
package struct Confidence: ExitPolicy {
    /// The thresholds, between 0 and 1.
    package let thresholds: Thresholds
    /// Whether the most confident exit, rather than the last one, answers when none is sure.
    package let mostConfident: Bool

    /// Leaves from these thresholds upwards.
    package init(_ thresholds: Thresholds, mostConfident: Bool = false) {
        self.thresholds = thresholds
        self.mostConfident = mostConfident
    }

    package var name: String {
        "confidence:\(thresholds)" + (mostConfident ? ",most-confident" : "")
    }

    package func begin() -> Prediction? { nil }

    package func decide(_ exit: ExitObservation, _ best: inout Prediction?) -> Bool {
        let isSure = exit.confidence >= thresholds[exit.place]
        // Of equally confident exits the deeper one is kept.
        if mostConfident, isSure || exit.confidence >= best?.score ?? 0 { best = exit.prediction }
        return isSure
    }

    package func answer(_ exit: ExitObservation, _ best: Prediction?) -> Prediction {
        best ?? exit.prediction
    }

    package func reason(_ exit: ExitObservation, _ best: Prediction?) -> String? {
        reasonText("confidence", exit.confidence, "from \(thresholds.text(exit.place))")
    }
}

extension PolicyKind {
    package static let confidence = PolicyKind(
        name: "confidence",
        syntax: "confidence:T[,most-confident] or confidence:T1,T2,...[,most-confident]",
        summary: "the largest probability is at least T; "
            + "with most-confident, the surest exit answers if none is",
        paper: "Kaya et al. 2019 (Shallow-Deep Networks)", tasks: TaskKind.labelled,
        options: ["most-confident"],
        sweep: Sweep.confidences,
        build: {
            let thresholds = try $0.thresholds(in: 0...1)
            return Confidence(thresholds, mostConfident: try $0.flag("most-confident"))
        })
}
