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
            wrong ones (AUROC). With --sweep the whole curve of accuracy against compute. With --cascade what the \
            models reach together and each alone, and the compute of all, relative to the largest one run whole.
            """)

    @Argument(help: "The labelled files, or - for standard input.")
    var data: [String]

    @Flag(help: "Walk the thresholds of the policy's kind instead, from slow to fast.")
    var sweep = false

    @Option(
        help: ArgumentHelp(
            "Write the texts with wrong answers as JSON lines, with the answer at every exit.",
            valueName: "file"))
    var errors: String?

    @Option(
        help: ArgumentHelp(
            "Draw accuracy against compute: the curve of the policy's kind, fixed depths and the chosen point, as "
                + "SVG.",
            valueName: "file"))
    var plot: String?

    @Option(
        help: ArgumentHelp(
            "Write all of it as one page of HTML that needs no network: the curve, how far confidence can be "
                + "believed, what is confused, where texts leave, and the texts that it fails on.",
            valueName: "file"))
    var report: String?

    @Flag(help: "Replace the files of --errors, --plot and --report if they exist.")
    var force = false

    @OptionGroup var heldOut: HeldOutOptions
    @OptionGroup(title: "Data options") var dataOptions: LabelledDataOptions
    @OptionGroup(title: "Model options") var models: CascadeOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    private var written: [(option: String, path: String)] {
        [("--errors", errors), ("--plot", plot), ("--report", report)].compactMap { option, path in
            path.map { (option, $0) }
        }
    }

    func validate() throws {
        try models.refuse([
            "--sweep": sweep, "--errors": errors != nil, "--plot": plot != nil,
            "--report": report != nil,
        ])
        if sweep, let first = written.first {
            throw ValidationError("Either --sweep or \(first.option).")
        }
        if let plot, !plot.hasSuffix(".svg") {
            throw ValidationError("--plot writes SVG; found \(plot), expected a name in .svg.")
        }
        if force, written.isEmpty {
            throw ValidationError("--force goes with --errors, --plot or --report.")
        }
        if Set(written.map(\.path)).count < written.count {
            throw ValidationError(
                "\(written.map(\.option).joined(separator: " and ")) need a file each.")
        }
    }

    func run() throws {
        guard models.cascade.isEmpty else { return try measureCascade() }
        let model = try models.model.loadedModel(outputOptions.notes)
        let policy = try models.model.policyText(model.settings)
        guard errors == nil || model.task.rules.hasLabels else {
            throw OfframpError(
                .usage, at: "--errors", found: "a regression, where no answer is right or wrong",
                expected: "a model with labels")
        }
        let dataset = try dataset(for: model)
        try outputOptions.write(
            sweep ? curve(policy, model, dataset) : evaluation(policy, model, dataset))
    }

    private func measureCascade() throws {
        let cascade = try models.classifiers(outputOptions.notes)
        let dataset = try dataset(for: cascade.largest.model)
        let evaluation = try CascadeEvaluation(cascade, dataset)
        try outputOptions.write(outputOptions.text(evaluation.report))
    }

    private func dataset(for model: LoadedModel) throws -> Dataset {
        let notes = outputOptions.notes
        let all = try dataOptions.dataset(data, .model(model.task.targetKind()), notes)
        let dataset = try heldOut.rows(of: all)
        notes.note(badRows: dataset.badRows)
        return dataset
    }

    private func evaluation(
        _ policy: String, _ model: LoadedModel, _ dataset: Dataset
    ) throws -> String {
        // Opened before the work, which files that may not be replaced would waste.
        var errorsFile = try opened(errors)
        var plotFile = try opened(plot)
        var pageFile = try opened(report)
        let evaluation = try Evaluation(Classifier(model, policy: policy), dataset)
        try write(errors, &errorsFile) { evaluation.wrongAnswers(dataset).text }
        try write(plot, &plotFile) { try evaluation.plot().picture.svg }
        try write(report, &pageFile) {
            try EvaluationPage(evaluation: evaluation, dataset: dataset, files: fileNames).html()
        }
        return outputOptions.text(evaluation.report)
    }

    private var fileNames: [String] {
        data.map { $0 == "-" ? "standard input" : String($0.split(separator: "/").last ?? "") }
    }

    private func write(
        _ path: String?, _ file: inout OutputFile?, _ content: () throws -> String
    ) throws {
        guard let path, var file = file.take() else { return }
        try file.write(content())
        try file.commit()
        outputOptions.notes.note("wrote \(path)")
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
