/// What every exit says about a set of texts: one forward pass, from which any policy is replayed.
public struct Trace: Sendable {
    /// The exits by ascending depth, each with one row per text.
    public let exits: [ExitOutput]
    /// The right answers, where they are known.
    public let gold: Gold?
    /// How many tokens each text has, special tokens included; where compute is counted.
    public let tokens: [Int]?

    /// Gathers the outputs of all exits for the same texts in the same order.
    public init(exits: [ExitOutput], gold: Gold? = nil, tokens: [Int]? = nil) {
        let texts = exits.first?.texts
        precondition(exits.last?.place.isLast ?? false, "a trace reaches the last exit")
        precondition(exits.indices.allSatisfy { exits[$0].place.index == $0 }, "exits in order")
        precondition(exits.allSatisfy { $0.texts == texts }, "every exit sees every text")
        precondition(gold.map { $0.count == texts } ?? true, "a right answer for each text")
        precondition(tokens.map { $0.count == texts } ?? true, "a token count for each text")
        self.exits = exits
        self.gold = gold
        self.tokens = tokens
    }

    /// Makes a trace of bare logits, one flat `[texts, labels]` array for each depth.
    public init(
        depths: [Int], task: TaskKind = .classification, labels: Int, logits: [[Float]],
        signals: [[Float]?]? = nil, temperatures: [Float]? = nil, gold: Gold? = nil,
        tokens: [Int]? = nil
    ) {
        precondition(logits.count == depths.count, "logits for each depth")
        let exits = ExitPlace.all(depths: depths).map { place in
            ExitOutput(
                place: place, task: task, labels: labels,
                temperature: temperatures?[place.index] ?? 1, logits: logits[place.index],
                signals: signals?[place.index])
        }
        self.init(exits: exits, gold: gold, tokens: tokens)
    }
}

extension Trace {
    /// How many texts there are.
    public var texts: Int { exits.first?.texts ?? 0 }

    /// The depth of each exit in layers, ascending.
    public var depths: [Int] { exits.map(\.place.depth) }

    /// What the logits mean.
    public var task: TaskKind { exits.first?.task ?? .classification }

    /// How many logits a text has.
    public var labels: Int { exits.first?.labels ?? 0 }

    /// What each exit's logits are divided by, `[exits]`.
    public var temperatures: [Float] { exits.map(\.temperature) }

    /// The same logits under other temperatures, one for each exit.
    public func tempered(_ temperatures: [Float]) -> Trace {
        precondition(temperatures.count == exits.count, "a temperature for each exit")
        let tempered = zip(exits, temperatures).map { $0.tempered($1) }
        return Trace(exits: tempered, gold: gold, tokens: tokens)
    }

    /// The same exits on some of the texts only, in the order of `texts`.
    public func gathered(_ texts: [Int]) -> Trace {
        Trace(
            exits: exits.map { $0.gathered(texts) }, gold: gold.map { gather($0, texts) },
            tokens: tokens.map { tokens in texts.map { tokens[$0] } })
    }

    private func gather(_ gold: Gold, _ texts: [Int]) -> Gold {
        switch gold {
        case .labels(let labels): .labels(texts.map { labels[$0] })
        case .values(let values): .values(texts.map { values[$0] })
        }
    }
}
