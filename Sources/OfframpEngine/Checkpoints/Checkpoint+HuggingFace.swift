import OfframpExit
import OfframpTensor

// A `BertForSequenceClassification` folder: its classifier is the only head, at the last exit.

extension Checkpoint {
    /// The method name of a Hugging Face classifier.
    package static let huggingFaceMethod = "bert"

    static let huggingFaceClassifier = "classifier.weight"

    var hasHuggingFaceClassifier: Bool { weights.stored(Self.huggingFaceClassifier) != nil }

    /// The settings of the classifier, which has no file of its own.
    var huggingFaceSettings: ExitSettings {
        ExitSettings(
            method: Self.huggingFaceMethod, head: HeadKind.pooler.name,
            depths: [configuration.layerCount], policy: "full")
    }

    /// Fills a set of one head from the tensors beside the backbone's.
    ///
    /// - Throws: `OfframpError` (`data`).
    func loadHuggingFaceClassifier(into heads: inout HeadSet, _ precision: Precision?) throws {
        var classifier = BareHead(heads: heads)
        try classifier.load(weights, precision: precision, reportingUnknown: false)
        heads = classifier.heads
    }
}

/// Shows the only head of a set under the names of `BertForSequenceClassification`.
private struct BareHead: Parameterized {
    var heads: HeadSet

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        heads.visitOnlyExit(&visitor, under: prefix)
    }
}
