import Glibc
import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// What the heads of every exit read of a frozen backbone's states, for all texts of a set, computed once:
/// one row per text and exit, or one per token for heads that read all tokens; these are rounded to bfloat16, as
/// there are many.
///
/// The rows lie in an unnamed file: memory holds only those that are being worked on, however many
/// texts there are.
package final class FeatureStore: Sendable {
    /// Which tokens belong to which text.
    private let tokens: TextRanges
    /// Which rows belong to which text.
    private let rows: TextRanges
    /// Columns of the features.
    package let width: Int
    private let file: ScratchFile

    /// Runs all texts through the backbone once.
    ///
    /// - Parameters:
    ///   - folder: where the file goes.
    ///   - progress: called after each batch with the number of texts done, from any worker.
    /// - Throws: `OfframpError`: `io` when there is no room for the file, `data` for states that are no numbers.
    package init(
        _ texts: [Encoding], model: EarlyExitModel, engine: Engine, folder: String,
        progress: @escaping @Sendable (Int) -> Void
    ) throws {
        let pooling = model.heads.kind.pooling
        tokens = PackedBatch(texts).texts
        rows = pooling == .none ? tokens : TextRanges(lengths: texts.map { _ in 1 })
        width = pooling.features(width: model.backbone.configuration.width)
        file = try ScratchFile(
            floats: model.heads.count * rows.tokens * width,
            as: pooling == .none ? .bfloat16 : .float32, folder: folder)
        let batches = engine.cutter.cut(lengths)
        let depths = model.heads.depths
        let failures = engine.workers.map(batches.count) { [self] index -> OfframpError? in
            let batch = batches[index]
            var pass = ForwardPass(model, PackedBatch(batch.map { texts[$0] }))
            for exit in depths.indices {
                let features = pass.features(ofExit: exit)
                guard features.isFinite else { return .brokenStates(depth: depths[exit]) }
                guard write(features, exit, batch) else { return file.noRoom(EIO) }
            }
            progress(batch.count)
            return nil
        }
        if let failure = failures.lazy.compactMap(\.self).first { throw failure }
    }

    /// Tokens of each text.
    package var lengths: [Int] { tokens.lengths }

    /// Which tokens of some texts belong to which of them.
    package func ranges(_ texts: [Int]) -> TextRanges { tokens.keeping(texts) }

    /// The features of some texts at one exit, `[texts, features]`, or `[tokens, features]`.
    package func features(ofExit exit: Int, texts: [Int]) -> Tensor {
        let count = texts.reduce(0) { $0 + rows[$1].count }
        return Tensor(.matrix(count, width)) { values in
            var place = values
            for text in texts {
                let floats = rows[text].count * width
                file.read(place, count: floats, at: position(exit, text))
                place += floats
            }
        }
    }

    /// What a function makes of the features of some texts at one exit, `[texts, columns]`: of a few at a time, as the
    /// tokens of many long texts would fill the memory.
    func mapped(
        ofExit exit: Int, texts: [Int], _ body: (_ features: Tensor, _ texts: TextRanges) -> Tensor
    ) -> Tensor {
        let parts = stride(from: 0, to: texts.count, by: Self.textsAtOnce).map { start in
            let some = Array(texts[start..<min(start + Self.textsAtOnce, texts.count)])
            return body(features(ofExit: exit, texts: some), ranges(some))
        }
        return Tensor(stacking: parts)
    }

    private static let textsAtOnce = 64

    private func write(_ features: Tensor, _ exit: Int, _ texts: [Int]) -> Bool {
        features.withValues { values in
            guard var place = values.baseAddress else { return true }
            return texts.allSatisfy { text in
                let floats = rows[text].count * width
                defer { place += floats }
                return file.write(place, count: floats, at: position(exit, text))
            }
        }
    }

    /// The texts of one exit lie side by side, as they are solved for together.
    private func position(_ exit: Int, _ text: Int) -> Int {
        (exit * rows.tokens + rows[text].lowerBound) * width
    }
}

extension OfframpError {
    /// Hidden states that are no numbers.
    static func brokenStates(depth: Int) -> OfframpError {
        OfframpError(
            .data, at: "hidden states at depth \(depth)", found: "infinity or NaN",
            expected: "numbers: the backbone's weights are broken")
    }
}
