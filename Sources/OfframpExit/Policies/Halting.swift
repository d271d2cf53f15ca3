/// Leaves when the probability of having halted is high enough, by the exits' learned halting
/// probabilities.
///
/// Exit n halts what the exits before it have not, with probability h_n: `p_n = h_n (1 - h_1) … (1 - h_(n-1))`,
/// and a text leaves where `p_1 + … + p_n` reaches T. At T = 0.5 that is PALBERT's Q-exit (Balagansky and
/// Gavrilov, 2022), which makes PonderNet's sampling (Banino et al., 2021) deterministic. In adaptive
/// computation time (Graves, 2016) the h_n themselves add up, to 1 - ε. An exit that is NaN halts nothing,
/// and no text leaves there.
package struct Halting: ExitPolicy {
    /// What is remembered of one text.
    package struct Memory: Sendable {
        /// The answers of the exits passed so far that were numbers.
        var answers: [Prediction] = []
        /// Their halting probabilities, p_n.
        var shares: [Float] = []

        var halted: Float { shares.reduce(0, +) }

        /// How much each of them counts in a mixture: the last one gets what is left.
        var weights: [Float] {
            let before = shares.dropLast()
            return before + [max(1 - before.reduce(0, +), 0)]
        }
    }

    /// The probability of having halted from which a text leaves, 0 to 1.
    package let threshold: Float
    /// Whether halting probabilities add up as they are.
    package let addsUp: Bool
    /// Whether all exits so far answer together, each counting as much as it halted, and the one where the
    /// text leaves as much as is left.
    package let mixes: Bool
    /// Whether texts also leave where nothing that is left can change the mixture's label (DACT-BERT, Barros
    /// et al., 2021).
    package let leavesWhenCertain: Bool

    package var name: String {
        let options = [
            (addsUp, Self.sum), (mixes, Self.mixture), (leavesWhenCertain, Self.certain),
        ]
        return (["halting:\(numberText(threshold))"] + options.filter(\.0).map(\.1))
            .joined(separator: ",")
    }

    package func begin() -> Memory { Memory() }

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> Bool {
        let signal = exit.signal ?? .nan
        let isNumber = !exit.prediction.score.isNaN && !signal.isNaN
        if isNumber {
            memory.answers.append(exit.prediction)
            memory.shares.append(addsUp ? signal : signal * (1 - memory.halted))
        }
        let isDone = memory.halted >= threshold || leavesWhenCertain && isCertain(memory)
        return isNumber && isDone
    }

    package func answer(_ exit: ExitObservation, _ memory: Memory) -> Prediction {
        guard mixes, !memory.answers.isEmpty else { return exit.prediction }
        return exit.task.rules.mixture(memory.answers, weights: memory.weights)
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        reasonText("halted", memory.halted, "from \(numberText(threshold))")
    }

    /// Whether the first label stays first even if all that has not halted goes to the second.
    private func isCertain(_ memory: Memory) -> Bool {
        lead(memory.answers.mixedProbabilities(memory.shares)[...]) >= 1 - memory.halted
    }

    fileprivate static let (sum, mixture, certain) = ("sum", "mixture", "certain")
}

extension PolicyKind {
    static let halting = PolicyKind(
        name: "halting", syntax: "halting:T[,sum][,mixture][,certain]",
        summary: "the text has halted with a probability of at least T",
        paper: "Balagansky and Gavrilov 2022 (PALBERT); Graves 2016 (ACT)",
        tasks: Set(TaskKind.allCases),
        options: [Halting.sum, Halting.mixture, Halting.certain],
        lacks: { context in
            context.hasSignals
                ? nil
                : (found: "heads that do not halt", expected: "ones trained by act or palbert")
        },
        sweep: { _ in Sweep.numbers { 1 - $0 } },
        build: { arguments in
            let (mixes, isCertain) = try (
                arguments.flag(Halting.mixture), arguments.flag(Halting.certain)
            )
            if isCertain, !mixes || arguments.context.task != .classification {
                throw arguments.wrong(
                    "certain", "it beside mixture, in a model whose texts have one label each")
            }
            return Halting(
                threshold: try arguments.number(in: 0...1), addsUp: try arguments.flag(Halting.sum),
                mixes: mixes, leavesWhenCertain: isCertain)
        })
}
