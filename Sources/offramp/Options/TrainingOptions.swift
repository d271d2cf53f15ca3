import ArgumentParser
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import OfframpTraining

/// What is trained, how, and for how long.
struct TrainingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The method.", discussion: Self.methods,
            valueName: Method.catalog.map(\.name).joined(separator: "|")))
    var method = "offramp"

    @Option(
        help: ArgumentHelp(
            "The kind of heads (default: the method's).", discussion: Self.heads,
            valueName: "kind"))
    var head: String?

    @Option(
        help: ArgumentHelp(
            "What the method's last stage minimises (default: the method's).",
            discussion: Self.objectives, valueName: "name"))
    var objective: String?

    @Option(
        help: ArgumentHelp(
            "The kind of policy that operating points are chosen from, with its options (default: the "
                + "method's); offramp help classify lists them.", valueName: "policy"))
    var policy: String?

    @Option(
        help: ArgumentHelp(
            "The depths of the exits, in layers (default: the method's).", valueName: "n,n,..."))
    var depths: NumberList?

    @Flag(
        help: """
            Leave the backbone as it is. Heads that are linear maps are then solved for; epochs, batches \
            and rates are for others, such as those of offramp.
            """)
    var freeze = false

    @Option(
        help: ArgumentHelp("Epochs of every stage (default: the method's).", valueName: "n"),
        transform: WholeNumber.atLeast(1))
    var epochs: Int?

    @Option(
        help: ArgumentHelp("Texts per step.", valueName: "n"), transform: WholeNumber.atLeast(1))
    var batch = TrainingSettings().batchSize

    @Option(
        help: ArgumentHelp(
            "The highest learning rate of every stage; the heads of offramp learn ten times as fast "
                + "(default: the method's).", valueName: "x"))
    var learningRate: Float?

    @Option(
        help: ArgumentHelp(
            "The most tokens per text; longer texts are cut (default: the model's limit).",
            valueName: "n"),
        transform: WholeNumber.atLeast(Tokenizer.minimumLength))
    var maxLength: Int?

    @Option(
        help: ArgumentHelp(
            "Trainings with different seeds whose weights are averaged.", valueName: "n"),
        transform: WholeNumber.atLeast(1))
    var runs = TrainingSettings().runs

    @Option(
        help: ArgumentHelp(
            "A trained checkpoint to learn from beside the labels, or a file of answers as label "
                + "--policy full --columns probabilities writes them; give several to learn from their mean.",
            valueName: "dir|file"))
    var teacher: [String] = []

    @Option(
        help: ArgumentHelp(
            "How much the teachers count against the labels, from 0 to 1.", valueName: "x"))
    var teacherShare = DistillationSettings().share

    @Option(
        help: ArgumentHelp(
            "A file of texts without labels: for the teachers to answer, or without teachers for the stages "
                + "that need none (fastbert).",
            valueName: "file"))
    var unlabelled: String?

    @Option(
        help: ArgumentHelp(
            "How much the rows of each label count: all labels the same, or as a JSON object of labels "
                + "and weights says (default: all rows the same).", valueName: "balanced|file"))
    var classWeights: String?

    @Option(
        help: ArgumentHelp(
            "How strongly two passes per text are trained to agree, at twice the cost; 0 for one pass. "
                + "R-Drop, Liang et al. 2021.", valueName: "x"))
    var consistency = TrainingSettings().consistency

    @Option(
        help: ArgumentHelp(
            "The number format that the backbone's products multiply; weights and sums are float32 "
                + "(default: bfloat16 where an instruction multiplies it).",
            valueName: ProductFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var precision = ProductFormat.fastest

    @Option(
        help: ArgumentHelp(
            "The seed of everything random; which rows are held out does not depend on it.",
            valueName: "n"))
    var seed = TrainingSettings().seed

    @OptionGroup var threads: ThreadOptions

    func validate() throws {
        if let learningRate, !(learningRate > 0 && learningRate < 1) {
            throw ValidationError("--learning-rate is a number above 0 and below 1.")
        }
        guard (0...1).contains(teacherShare) else {
            throw ValidationError("--teacher-share is a number from 0 to 1.")
        }
        guard consistency >= 0, consistency.isFinite else {
            throw ValidationError("--consistency is 0 or a positive number.")
        }
        if freeze, consistency > 0 {
            throw ValidationError(
                "--consistency needs a backbone that learns: without dropout both passes are the same."
            )
        }
    }

    /// The choices as the trainer takes them.
    func settings() throws -> TrainingSettings {
        var settings = TrainingSettings()
        if let classWeights { settings.classWeights = try ClassWeights(classWeights) }
        settings.batchSize = batch
        settings.seed = seed
        settings.runs = runs
        settings.productFormat = precision
        settings.distillation.share = teacherShare
        settings.consistency = consistency
        settings.freezesBackbone = freeze
        settings.epochs = epochs
        settings.learningRate = learningRate
        return settings
    }

    /// The worker threads asked for.
    var workers: Workers { threads.workers }

    /// The method asked for, with the parts that were asked for.
    func chosenMethod() throws -> Method {
        try Method.named(method).with(
            head: head.map { try HeadKind.named($0) },
            objective: objective.map { try ObjectiveKind.named($0) }, policy: policy)
    }

    /// What `--method` takes, one line per method.
    private static let methods = Method.catalog.map { method in
        "\(method.name) -- \(method.summary)" + (method.paper.isEmpty ? "." : ". \(method.paper).")
    }.joined(separator: "\n")

    /// What `--head` takes, one line per kind.
    private static let heads = HeadKind.catalog.map { "\($0.name) -- \($0.summary)." }
        .joined(separator: "\n")

    /// What `--objective` takes, one line per objective.
    private static let objectives = ObjectiveKind.catalog.map { "\($0.name) -- \($0.summary)." }
        .joined(separator: "\n")
}

extension ProductFormat: ExpressibleByArgument {}
