import OfframpEncoder
import OfframpExit
import OfframpTensor

/// A packed batch on its way through a model: the one forward pass of training and inference.
///
/// The caller asks for the output of one exit after another and may drop texts in between.
package struct ForwardPass {
    private let model: EarlyExitModel
    private let flow: GradientFlow
    private var hidden: Tensor
    private var texts: TextRanges
    private let bias: AttentionBias?
    private var heads: HeadRun
    private var depth: Int
    private var dropout: Dropout

    /// Embeds a batch; no layer has run yet.
    ///
    /// - Parameters:
    ///   - flow: how strongly gradients flow back from each exit; only training cares.
    ///   - dropout: for this pass.
    package init(
        _ model: EarlyExitModel, _ batch: PackedBatch, flow: GradientFlow = .plain,
        dropout: Dropout = .none
    ) {
        self.model = model
        self.flow = flow
        self.dropout = dropout
        heads = HeadRun(model.heads)
        texts = batch.texts
        depth = 0
        hidden = model.backbone.embed(batch, &self.dropout)
        bias = model.backbone.attentionBias(for: texts)
    }

    /// Goes on from the hidden states that a part of a model begins with.
    ///
    /// - Parameter previous: the logits of the exit before the part's first one, for heads that read them,
    ///   `[texts, outputs]`.
    package init(
        _ model: EarlyExitModel, _ hidden: Tensor, _ texts: TextRanges, previous: Tensor?
    ) {
        self.model = model
        flow = .plain
        dropout = .none
        heads = HeadRun(model.heads, previous: previous)
        (self.hidden, self.texts) = (hidden, texts)
        depth = model.backbone.depths.lowerBound
        bias = model.backbone.attentionBias(for: texts)
    }

    /// Runs the layers up to an exit, and its head.
    ///
    /// - Parameter exit: the number of the exit; larger than any asked for before.
    /// - Returns: what the exit says about the remaining texts.
    package mutating func output(ofExit exit: Int) -> HeadOutput {
        heads.output(ofExit: exit, features(ofExit: exit), texts, &dropout)
    }

    /// Runs the layers up to an exit, and its head on some of the remaining texts, given by their rows.
    ///
    /// A head that reads the one before it must have heard of every text.
    package mutating func output(ofExit exit: Int, rows: [Int]) -> HeadOutput {
        guard rows.count < texts.count else { return output(ofExit: exit) }
        precondition(!model.heads.isChained, "a chain of heads hears of every text")
        let states = states(atExit: exit).gathering(rows: texts.rows(of: rows))
        let chosen = texts.keeping(rows)
        return heads.output(
            ofExit: exit, model.heads.kind.pooling(states, chosen), chosen, &dropout)
    }

    /// Runs the layers up to an exit, and gives what its head reads of the hidden states.
    package mutating func features(ofExit exit: Int) -> Tensor {
        model.heads.kind.pooling(states(atExit: exit), texts)
    }

    /// Runs the layers up to an exit, one by one.
    ///
    /// - Parameter isStopped: asked before each layer and within it; nothing further runs where it is true.
    /// - Returns: whether the exit is reached.
    package mutating func advance(toExit exit: Int, unless isStopped: () -> Bool) -> Bool {
        while depth < model.heads.depths[exit] {
            let layer = model.backbone.layer(from: depth)
            guard let next = layer(hidden, texts, bias, &dropout, unless: isStopped) else {
                return false
            }
            hidden = next
            depth += 1
        }
        return true
    }

    /// Keeps only some of the texts, by their rows among those that remain.
    package mutating func keep(_ rows: [Int]) {
        guard rows.count < texts.count else { return }
        hidden = hidden.gathering(rows: texts.rows(of: rows))
        heads.keep(rows)
        texts = texts.keeping(rows)
    }

    /// Runs the layers that are left, and gives the hidden states that they end with.
    package mutating func lastStates() -> (hidden: Tensor, texts: TextRanges) {
        advance(to: model.backbone.depths.upperBound)
        return (hidden, texts)
    }

    /// Runs the layers up to an exit, and gives the hidden states that branch off to its head.
    private mutating func states(atExit exit: Int) -> Tensor {
        advance(to: model.heads.depths[exit])
        let branch = hidden.scalingGradient(by: flow.branch(exit))
        hidden = hidden.scalingGradient(by: flow.trunk(exit))
        return branch
    }

    private mutating func advance(to target: Int) {
        while depth < target {
            hidden = model.backbone.layer(from: depth)(hidden, texts, bias, &dropout)
            depth += 1
        }
    }
}
