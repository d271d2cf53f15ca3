import OfframpEngine
import OfframpExit
import OfframpTensor
import TestFiles
import Testing

@testable import OfframpTraining

/// On real weights, as random ones do not single out the first token.
@Suite(.enabled(if: ShippedCheckpoint.isAvailable, ShippedCheckpoint.reason))
struct FeatureNoiseTests {
    private let texts = [
        "a truly wonderful film", "it never quite comes together", "the plot is dull",
        "a fine cast",
        "no laughs and no story", "warm, funny and moving", "too long by half an hour",
        "one of the best films of the year",
    ]

    /// What int8 leaves of the first token's inner states is noise; of all tokens' mean it leaves everything.
    @Test(arguments: [
        (HeadKind.linear, Precision.int8, false), (.linear, .bfloat16, true),
        (.mean, .int8, true), (.mean, .bfloat16, true),
    ]) func `heads learn from rounded states only where these say as much as exact ones`(
        head: HeadKind, precision: Precision, isBearable: Bool
    ) throws {
        let checkpoint = try Checkpoint(ShippedCheckpoint.folder)
        let tokenizer = try checkpoint.tokenizer()
        let backbone = try checkpoint.backbone()
        let exact = EarlyExitModel(
            backbone: backbone,
            heads: HeadSet(head, depths: [1, 3, 6], width: 384, outputCount: 2))
        let noise = FeatureNoise(
            backbone.packed(precision), against: exact, texts.map { tokenizer.encode($0) },
            Workers(count: 2))
        #expect(noise.isBearable == isBearable, "\(noise.shares)")
    }
}
