/// What every exit says about a set of texts: one forward pass, from which any policy is replayed.
package struct Trace: Sendable {
    /// The exits by ascending depth, each with one row per text.
    package let exits: [ExitOutput]
    /// The right answers, where they are known.
    package let gold: Gold?
    /// How many tokens each text has, special tokens included; where compute is counted.
    package let tokens: [Int]?
    /// What quality is measured by: the task's first metric, unless another one was asked for.
    package private(set) var metric: Metric

    /// Gathers the outputs of all exits for the same texts in the same order.
    package init(exits: [ExitOutput], gold: Gold? = nil, tokens: [Int]? = nil) {
        let textCount = exits.first?.textCount
        precondition(exits.last?.place.isLast ?? false, "a trace reaches the last exit")
        precondition(exits.indices.allSatisfy { exits[$0].place.index == $0 }, "exits in order")
        precondition(exits.allSatisfy { $0.textCount == textCount }, "every exit sees every text")
        precondition(gold.map { $0.count == textCount } ?? true, "a right answer for each text")
        precondition(tokens.map { $0.count == textCount } ?? true, "a token count for each text")
        self.exits = exits
        self.gold = gold
        self.tokens = tokens
        metric = (exits.first?.task ?? .classification).rules.metrics[0]
    }

    /// Makes a trace of bare logits, one flat `[texts, outputs]` array for each depth.
    package init(
        depths: [Int], task: TaskKind = .classification, outputCount: Int, logits: [[Float]],
        signals: [[Float]?]? = nil, temperatures: [Float]? = nil, gold: Gold? = nil,
        tokens: [Int]? = nil
    ) {
        precondition(logits.count == depths.count, "logits for each depth")
        let exits = ExitPlace.all(depths: depths).map { place in
            ExitOutput(
                place: place, task: task, outputCount: outputCount,
                temperature: temperatures?[place.index] ?? 1, logits: logits[place.index],
                signals: signals?[place.index])
        }
        self.init(exits: exits, gold: gold, tokens: tokens)
    }
}

extension Trace {
    /// How many texts there are.
    package var textCount: Int { exits.first?.textCount ?? 0 }

    /// The depth of each exit in layers, ascending.
    package var depths: [Int] { exits.map(\.place.depth) }

    /// What the logits mean.
    package var task: TaskKind { exits.first?.task ?? .classification }

    /// How many logits a text has.
    package var outputCount: Int { exits.first?.outputCount ?? 0 }

    /// What each exit's logits are divided by, `[exits]`.
    package var temperatures: [Float] { exits.map(\.temperature) }

    /// The same exits, their quality measured by another metric of the task.
    package func judged(by metric: Metric) -> Trace {
        var copy = self
        copy.metric = metric
        return copy
    }

    /// The same logits under other temperatures, one for each exit.
    package func tempered(_ temperatures: [Float]) -> Trace {
        precondition(temperatures.count == exits.count, "a temperature for each exit")
        let tempered = zip(exits, temperatures).map { $0.tempered($1) }
        return Trace(exits: tempered, gold: gold, tokens: tokens).judged(by: metric)
    }

    /// The same exits on these texts, and then on those of another trace.
    package func joined(with other: Trace) -> Trace {
        Trace(
            exits: zip(exits, other.exits).map { $0.joined(with: $1) },
            gold: gold.flatMap { gold in other.gold.map(gold.joined) },
            tokens: tokens.flatMap { tokens in other.tokens.map { tokens + $0 } }
        ).judged(by: metric)
    }

    /// The same exits on some of the texts only, in the order of `texts`.
    package func gathered(_ texts: [Int]) -> Trace {
        Trace(
            exits: exits.map { $0.gathered(texts) }, gold: gold?.gathered(texts),
            tokens: tokens.map { tokens in texts.map { tokens[$0] } }
        ).judged(by: metric)
    }
}
