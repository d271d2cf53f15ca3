import OfframpEncoder
import OfframpExit
import OfframpTensor

// A folder of Hugging Face's for sequence classification: its classifier is the only head, at the last
// exit. Two linear maps of the first token with an activation in between, it is a pooler.

extension Checkpoint {
    /// The method name of a Hugging Face classifier.
    package var huggingFaceMethod: String { configuration.family.name }

    static func huggingFaceClassifier(of family: EncoderFamily) -> String {
        family.storedName(of: "classifier.weight")
    }

    /// Whether it is the only head; of a split folder only the last part has its weights.
    var hasHuggingFaceClassifier: Bool {
        weights.stored(Self.huggingFaceClassifier(of: configuration.family)) != nil
            || part?.exits[huggingFaceMethod] != nil
    }

    /// The settings of the classifier, which has no file of its own.
    var huggingFaceSettings: ExitSettings {
        ExitSettings(
            method: huggingFaceMethod, head: HeadKind.pooler.name,
            depths: [configuration.layerCount], policy: "full")
    }

    /// A set of one head from the tensors beside the backbone's.
    ///
    /// - Throws: `OfframpError` (`data`).
    func huggingFaceClassifier(_ task: ModelTask, _ precision: Precision?) throws -> HeadSet {
        let family = configuration.family
        var classifier = BareHead(
            heads: HeadSet(
                .pooler(activation: family.classifierActivation), task: task.kind,
                depths: [configuration.layerCount], width: configuration.width,
                outputCount: task.outputCount))
        guard depths.hasExit(at: configuration.layerCount) else { return classifier.heads }
        try classifier.load(weights, of: family, precision: precision, reportingUnknown: false)
        return classifier.heads
    }
}

/// Shows the only head of a set without its depth in the names.
private struct BareHead: Parameterized {
    var heads: HeadSet

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        heads.visitOnlyExit(&visitor, under: prefix)
    }
}
