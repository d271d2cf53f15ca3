import OfframpExit

/// An objective by its name: what one stage of a method minimises, several in turn where they
/// alternate from step to step.
package struct ObjectiveKind: Catalogued {
    package static let noun = "objective"

    /// The name on the command line and in checkpoints.
    package let name: String
    /// One line for the help.
    package let summary: String
    /// One per step in turn.
    package let losses: [any Objective]

    /// Names some losses.
    package init(name: String, summary: String, _ losses: any Objective...) {
        self.init(name: name, summary: summary, losses)
    }

    /// Names some losses.
    package init(name: String, summary: String, _ losses: [any Objective]) {
        precondition(!losses.isEmpty, "an objective has a loss")
        self.name = name
        self.summary = summary
        self.losses = losses
    }

    /// Whether it looks at the right answers. If not, texts without any will do.
    var readsLabels: Bool { losses.contains(where: \.readsLabels) }

    /// The classifiers that learn by it.
    var trains: TrainedParts { losses.reduce([]) { $0.union($1.trains) } }

    /// Whether exits on a frozen backbone are solved for one by one.
    var isSolvedByExit: Bool { losses.allSatisfy(\.isSolvedByExit) }

    /// Whether signals beside exits that are done are solved for.
    var isSolvedBySignal: Bool { losses.allSatisfy(\.isSolvedBySignal) }

    /// Whether it needs heads with a signal.
    var needsSignal: Bool { losses.contains(where: \.needsSignal) }
}

extension ObjectiveKind {
    /// All kinds.
    package static let catalog = [
        final, sum, weighted, entrance, ramped, alternating, alternatingScores, scores, distil,
        labelDistil, strongDistil, ensembleDistil, ponder, expected,
    ]

    static let final = ObjectiveKind(
        name: "final", summary: "the last exit's loss alone: fine-tuning", FinalOnly())

    static let sum = ObjectiveKind(
        name: "sum", summary: "the sum of all exits' losses (DeeBERT, ElasticBERT)", ExitSum(.equal)
    )

    static let weighted = ObjectiveKind(
        name: "weighted", summary: "the same, deeper exits weighing more (PABEE)", ExitSum(.byDepth)
    )

    static let entrance = ObjectiveKind(
        name: "entrance", summary: "the same, exits near the entrance weighing more (BranchyNet)",
        ExitSum(.nearEntrance))

    static let ramped = ObjectiveKind(
        name: "ramped", summary: "the same, inner exits weighing more and more (Shallow-Deep)",
        Ramped())

    static let alternating = ObjectiveKind(
        name: "alternating", summary: "the last exit's loss and that of all in turn (BERxiT)",
        FinalOnly(), ExitSum(.equal))

    static let alternatingScores = ObjectiveKind(
        name: "alternating-scores",
        summary: "the last exit's loss and that of the inner ones in turn, with scores (BERxiT)",
        LearnedScores(beside: FinalOnly()), LearnedScores(beside: ExitSum(.inner)))

    static let scores = ObjectiveKind(
        name: "scores", summary: "the heads' learned scores alone (BERxiT)", LearnedScores())

    static let distil = ObjectiveKind(
        name: "distil", summary: "inner exits learn the last one's answers, not labels (FastBERT)",
        SelfDistillation())

    static let labelDistil = ObjectiveKind(
        name: "label-distil",
        summary: "inner exits learn labels and the last one's answers, as much",
        LabelDistillation(share: 0.5, temperature: 2))

    static let strongDistil = ObjectiveKind(
        name: "strong-distil", summary: "the same with nine parts of answers to one (RomeBERT)",
        LabelDistillation(share: 0.9, temperature: 3))

    static let ensembleDistil = ObjectiveKind(
        name: "ensemble-distil",
        summary: "all exits learn labels and what they answer together, as much (ONE)",
        EnsembleDistillation(share: 0.5, temperature: 2))

    static let ponder = ObjectiveKind(
        name: "ponder", summary: "the exits' answer together, and a price for each exit (ACT)",
        PonderCost(price: 0.01))

    static let expected = ObjectiveKind(
        name: "expected",
        summary: "the exits' losses by where a text halts, near a prior (PonderNet, PALBERT)",
        ExpectedLoss(priorRate: 0.1, priorWeight: 0.5))
}
