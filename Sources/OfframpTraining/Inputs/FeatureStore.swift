import Glibc
import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// What the heads of every exit read of a frozen backbone's states, for all texts of a set: one row
/// per text and exit, computed once. Heads that read all tokens run behind the backbone instead.
///
/// The rows lie in an unnamed file: memory holds only those that are being worked on, however many
/// texts there are.
package final class FeatureStore: Sendable {
    /// Tokens of each text.
    package let lengths: [Int]
    /// Columns of the features.
    package let width: Int
    private let file: ScratchFile

    /// Runs all texts through the backbone once.
    ///
    /// - Parameters:
    ///   - folder: where the file goes.
    ///   - progress: called after each batch with the number of texts done, from any worker.
    /// - Throws: `OfframpError` (`io`) when there is no room for the file.
    package init(
        _ texts: [Encoding], model: EarlyExitModel, engine: Engine, folder: String,
        progress: @escaping @Sendable (Int) -> Void
    ) throws {
        let pooling = model.heads.kind.pooling
        precondition(pooling != .none, "only pooled states are kept")
        lengths = texts.map(\.ids.count)
        width = pooling.features(width: model.backbone.configuration.width)
        file = try ScratchFile(
            floats: model.heads.count * texts.count * width, folder: folder)
        let batches = engine.cutter.cut(lengths)
        let isWritten = engine.workers.map(batches.count) { [self] index in
            let batch = batches[index]
            var pass = ForwardPass(model, PackedBatch(batch.map { texts[$0] }))
            let stored = (0..<model.heads.count).map { exit in
                write(pass.features(ofExit: exit), exit, batch)
            }
            progress(batch.count)
            return stored.allSatisfy(\.self)
        }
        guard isWritten.allSatisfy(\.self) else { throw file.noRoom(EIO) }
    }

    /// The features of some texts at one exit, `[texts, features]`.
    package func features(ofExit exit: Int, texts: [Int]) -> Tensor {
        Tensor(.matrix(texts.count, width)) { values in
            for (index, text) in texts.enumerated() {
                read(exit, text, into: values + index * width)
            }
        }
    }

    /// Reads the features of one text at one exit.
    private func read(_ exit: Int, _ text: Int, into place: UnsafeMutablePointer<Float>) {
        file.read(place, count: width, at: position(exit, text))
    }

    private func write(_ features: Tensor, _ exit: Int, _ texts: [Int]) -> Bool {
        features.withValues { values in
            guard let start = values.baseAddress else { return true }
            return texts.enumerated().allSatisfy { index, text in
                file.write(start + index * width, count: width, at: position(exit, text))
            }
        }
    }

    /// The texts of one exit lie side by side, as they are solved for together.
    private func position(_ exit: Int, _ text: Int) -> Int {
        (exit * lengths.count + text) * width
    }
}
