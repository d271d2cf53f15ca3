import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import TestFiles

/// The small classifier that Scripts/make-training-fixtures.py saves: 2 layers, width 16, 3 labels.
package enum SmallModel {
    /// A folder of Hugging Face's `BertForSequenceClassification`.
    package static let folder = Fixture.path("training/classifier")

    /// The words that its vocabulary ends with.
    package static let words = """
        good bad fine poor great dull warm cold a the was is it film play song meal day not very so \
        but and we they saw heard liked left early late
        """.split(separator: " ").map(String.init)

    /// Its backbone under heads whose random weights spread the logits over some units.
    package static func model(
        _ kind: HeadKind, signal: Signal? = nil, task: TaskKind = .classification,
        depths: [Int] = [0, 1, 2], outputCount: Int = 3, seed: UInt64 = 1,
        precision: Precision? = nil
    ) throws -> EarlyExitModel {
        let checkpoint = try Checkpoint(folder)
        var heads = HeadSet(
            kind, signal: signal, task: task, depths: depths, width: checkpoint.configuration.width,
            outputCount: outputCount)
        var initializer = ParameterInitializer(seed: seed, deviation: 0.25)
        heads.visitParameters(&initializer, under: "")
        if let precision { heads = heads.packed(precision) }
        return EarlyExitModel(backbone: try checkpoint.backbone(precision), heads: heads)
    }

    /// Texts of 0 to 12 random words, every fourth one a pair.
    package static func texts(_ count: Int, seed: UInt64 = 1) throws -> [Encoding] {
        let tokenizer = try Checkpoint(folder).tokenizer()
        var random = RandomSource(seed: seed)
        func sentence(_ most: Int) -> String {
            let length = Int.random(in: 0...most, using: &random)
            return (0..<length).map { _ in words[Int.random(in: words.indices, using: &random)] }
                .joined(separator: " ")
        }
        return (0..<count).map { index in
            index % 4 == 3
                ? tokenizer.encode(sentence(6), pair: sentence(6)) : tokenizer.encode(sentence(12))
        }
    }
}
