import OfframpExit
import OfframpFiles
import OfframpTensor

/// Seven exits of a six-layer model, the embedding included, as the tests use them.
let sevenDepths = [0, 1, 2, 3, 4, 5, 6]

extension Trace {
    /// A trace written text by text: `texts[t][e]` are the logits of text t at exit e.
    init(
        _ texts: [[[Float]]], task: TaskKind = .classification, depths: [Int]? = nil,
        gold: Gold? = nil, tokens: [Int]? = nil
    ) {
        let exits = texts[0].count
        self.init(
            depths: depths ?? Array(1...exits), task: task, outputCount: texts[0][0].count,
            logits: (0..<exits).map { exit in texts.flatMap { $0[exit] } },
            signals: (0..<exits).map { _ in Array(repeating: 0, count: texts.count) }, gold: gold,
            tokens: tokens)
    }

    /// Random logits that make most policies leave some texts at every exit.
    static func random(
        texts: Int = 80, labels: Int = 3, depths: [Int] = sevenDepths,
        task: TaskKind = .classification, seed: UInt64 = 1
    ) -> Trace {
        var random = RandomSource(seed: seed)
        let logits = depths.map { _ in
            (0..<texts * labels).map { _ in Float.random(in: -2...2, using: &random) }
        }
        let signals = depths.map { _ in
            (0..<texts).map { _ in Float.random(in: 0...1, using: &random) }
        }
        return Trace(
            depths: depths, task: task, outputCount: labels, logits: logits, signals: signals)
    }
}

/// The place of one of so many exits, the first at depth 1.
func place(_ index: Int, of exits: Int) -> ExitPlace {
    ExitPlace.all(depths: Array(1...exits))[index]
}

/// What one exit says about one text.
func observation(
    _ logits: [Float], at place: ExitPlace = ExitPlace(index: 0, depth: 1, isLast: false),
    task: TaskKind = .classification, temperature: Float = 1
) -> ExitObservation {
    ExitOutput(
        place: place, task: task, outputCount: logits.count, temperature: temperature,
        logits: logits
    ).observation(0)
}

/// Reads a policy for a model that fits a trace.
func policy(_ text: String, for trace: Trace) throws -> any ExitPolicy {
    try PolicyKind.policy(text, for: context(of: trace))
}

func context(of trace: Trace) -> PolicyContext {
    PolicyContext(
        task: trace.task, outputCount: trace.outputCount, depths: trace.depths,
        hasSignals: trace.exits.allSatisfy { $0.signals != nil },
        learned: [
            "quota": LearnedTable(
                options: [0.25, 0.5],
                rows: [0.6, 0.8].map { Array(repeating: $0, count: trace.exits.count - 1) }
            ).json,
            "gates": LearnedTable(
                options: [0.01, 0.1],
                rows: [-0.8, -0.5].map { bias in
                    (1..<trace.exits.count).flatMap { _ in [1, 0.5, -0.1, -0.1, bias] }
                }
            ).json,
            "predicted": .array(
                (1..<trace.exits.count).flatMap { exit in
                    [-0.2, -0.1, 0.1, 0.2, 0.3 / Float(exit)].map { JSON.number(Float($0)) }
                }),
        ])
}
