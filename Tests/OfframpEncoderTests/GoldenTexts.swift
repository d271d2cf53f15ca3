import OfframpEncoder
import OfframpTensor

/// The token ids that golden values belong to.
struct GoldenTexts {
    let ids: [[Int32]]
    let secondSegments: [Int]

    init(_ ids: [[Int32]], secondSegments: [Int]) {
        self.ids = ids
        self.secondSegments = secondSegments
    }

    init(_ file: SafetensorsFile) throws {
        var rest = try file.integers("ids").map { Int32($0) }[...]
        ids = try file.integers("lengths").map { length in
            defer { rest = rest.dropFirst(length) }
            return Array(rest.prefix(length))
        }
        secondSegments = try file.integers("seconds")
    }

    /// All texts in one batch.
    var packed: PackedBatch { PackedBatch(ids: ids, secondSegments: secondSegments) }

    /// Every text in a batch of its own.
    var alone: [PackedBatch] {
        zip(ids, secondSegments).map { PackedBatch(ids: [$0], secondSegments: [$1]) }
    }
}

extension Backbone {
    /// The hidden states of every depth, without dropout.
    func states(_ batch: PackedBatch) -> [Tensor] {
        var dropout = Dropout.none
        var states = [embed(batch, &dropout)]
        let bias = attentionBias(for: batch.texts)
        for layer in layers {
            states.append(layer(states[states.count - 1], batch.texts, bias, &dropout))
        }
        return states
    }
}
