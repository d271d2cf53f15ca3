import OfframpExit

extension Method {
    /// All methods; a new one is a row here.
    public static let catalog = [offramp, deebert, pabee, ztw]

    /// Ours: all exits jointly with distillation, in cycles whose ends are averaged.
    static let offramp = Method(
        name: "offramp", summary: "train all exits jointly with distillation, average the cycles",
        paper: "", head: .mean, usesDepthZero: true, stages: [jointDistillation],
        policy: "confidence", learnsEnsemble: false)

    static let deebert = Method(
        name: "deebert", summary: "fine-tune, freeze, then train the inner exits",
        paper: "Xin et al. 2020", head: .pooler, usesDepthZero: false,
        stages: [
            fineTuning(epochs: 3),
            Stage(
                "exits", parts: .innerHeads, objective: ExitSum(.inner), epochs: 3,
                learningRate: 2e-5),
        ], policy: "entropy", learnsEnsemble: false)

    static let pabee = Method(
        name: "pabee", summary: "train everything jointly, deeper exits weighing more",
        paper: "Zhou et al. 2020", head: .sharedPooler, usesDepthZero: false,
        stages: [
            Stage(
                "joint", parts: .everything, objective: ExitSum(.byDepth), epochs: 3,
                learningRate: 5e-5)
        ], policy: "patience", learnsEnsemble: false)

    static let ztw = Method(
        name: "ztw", summary: "fine-tune, freeze, train cascaded exits, then an ensemble over them",
        paper: "Wołczyk et al. 2021", head: .meanCascade, usesDepthZero: false,
        stages: [fineTuning(epochs: 3), cascade], policy: "ensemble", learnsEnsemble: true)

    private static func fineTuning(epochs: Int) -> Stage {
        Stage(
            "fine-tune", parts: [.backbone, .lastHead], objective: FinalOnly(), epochs: epochs,
            learningRate: 5e-5)
    }

    private static var jointDistillation: Stage {
        var stage = Stage(
            "joint", parts: .everything,
            objective: LabelDistillation(share: 0.5, temperature: 2), epochs: 5, learningRate: 1e-4)
        stage.flow = .damped(0.3)
        stage.headFactor = 10
        stage.wordDeletion = 0.1
        stage.averagesCycles = true
        return stage
    }

    private static var cascade: Stage {
        var stage = Stage(
            "exits", parts: .heads, objective: ExitSum(.equal), epochs: 10, learningRate: 1e-2)
        stage.weightDecay = 0
        stage.hasDropout = false
        return stage
    }
}
