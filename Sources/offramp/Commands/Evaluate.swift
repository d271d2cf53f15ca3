import ArgumentParser
import Offramp
import OfframpData
import OfframpEngine
import OfframpFiles
import OfframpTraining

/// Measures a checkpoint on labelled data.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a checkpoint on labelled data.",
        discussion: """
            Accuracy or the task's metric, scores of each label, which labels are confused, where texts left, \
            compute relative to the full model, and speed beside the full model's. Of each exit also how far its \
            confidence is from its accuracy (the calibration error), and how well it ranks right answers before \
            wrong ones (AUROC). With --sweep the whole curve of accuracy against compute.
            """)

    @Argument(help: "The labelled files, or - for standard input.")
    var data: [String]

    @Flag(help: "Walk the thresholds of the policy's kind instead, from slow to fast.")
    var sweep = false

    @Option(
        help: ArgumentHelp(
            "Write the texts with wrong answers as JSON lines, with what every exit thought.",
            valueName: "file"))
    var errors: String?

    @Option(
        help: ArgumentHelp(
            "Draw accuracy against compute: the curve of the policy's kind, fixed depths and the chosen point, as "
                + "SVG.",
            valueName: "file"))
    var plot: String?

    @Flag(help: "Replace the files of --errors and --plot if they exist.")
    var force = false

    @OptionGroup(title: "Data options") var dataOptions: LabelledDataOptions
    @OptionGroup(title: "Model options") var model: ModelOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func validate() throws {
        if errors != nil, sweep { throw ValidationError("Either --sweep or --errors.") }
        if plot != nil, sweep { throw ValidationError("Either --sweep or --plot.") }
        if force, errors == nil, plot == nil {
            throw ValidationError("--force goes with --errors or --plot.")
        }
    }

    func run() throws {
        let model = try self.model.loadedModel(outputOptions.notes)
        let policy = try self.model.policyText(model.settings)
        guard errors == nil || model.task.rules.hasLabels else {
            throw OfframpError(
                .usage, at: "--errors", found: "a regression, where no answer is right or wrong",
                expected: "a model with labels")
        }
        let dataset = try dataOptions.dataset(
            data, .model(model.task.targetKind()), outputOptions.notes)
        outputOptions.notes.note(badRows: dataset.badRows)
        try outputOptions.write(
            sweep ? curve(policy, model, dataset) : evaluation(policy, model, dataset))
    }

    private func evaluation(
        _ policy: String, _ model: LoadedModel, _ dataset: Dataset
    ) throws -> String {
        // Opened before the work, which files that may not be replaced would waste.
        var errorsFile = try opened(errors)
        var plotFile = try opened(plot)
        let evaluation = try Evaluation(Classifier(model, policy: policy), dataset)
        if let errors, var file = errorsFile.take() {
            let wrong = evaluation.wrongAnswers(dataset)
            try wrong.write(to: &file)
            try file.commit()
            outputOptions.notes.note("wrote \(errors): \(wrong.count.grouped) wrong answers")
        }
        if let plot, var file = plotFile.take() {
            try file.write(evaluation.plot().svg)
            try file.commit()
            outputOptions.notes.note("wrote \(plot)")
        }
        return outputOptions.text(evaluation.report)
    }

    private func opened(_ path: String?) throws -> OutputFile? {
        guard let path else { return nil }
        return try OutputFile(path: path, overwriting: force)
    }

    private func curve(
        _ policy: String, _ model: LoadedModel, _ dataset: Dataset
    ) throws -> String {
        let sweep = try PolicySweep(of: policy, model, dataset)
        return outputOptions.json ? sweep.json : sweep.text
    }
}
