import ArgumentParser
import OfframpCalibration
import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTraining

/// Chooses when texts leave, by what the user wants.
struct Calibrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Choose when texts leave, by what you want, with a guarantee if you like.",
        discussion: """
            The rows must be ones that the model has not learned from. With one of the goals below, the best \
            policy that reaches it is saved in the checkpoint under --name, for --speed. With a --policy instead \
            that one is saved, with the least risk that the rows prove. With neither the temperatures of the exits \
            are fitted, and fast, balanced and accurate are chosen anew.

            Three tenths of the rows are searched on, the others decide. With --risk they prove it: with the \
            probability --confidence over the draw of the rows, no larger share of texts loses its right answer \
            by leaving early. With --unlabelled what counts is another answer than the full model's.

            With --cascade the threshold between the models is chosen: the lowest one that loses at most \
            --max-accuracy-drop points (0.5 unless given) against the largest model alone, the standard error \
            included. The smallest model's checkpoint keeps it.
            """)

    /// Of this many a right answer more or less is a whole point.
    private static let fewRows = 100

    @Argument(help: "The files, labelled unless --unlabelled is given; - for standard input.")
    var data: [String]

    @OptionGroup(title: "Goals") var goals: GoalOptions

    @Option(help: ArgumentHelp("The name to save the policy under.", valueName: "name"))
    var name: String?

    @Flag(help: "The rows need no labels: the full model's answers count as right.")
    var unlabelled = false

    @Flag(help: "Replace what the checkpoint has under the name.")
    var force = false

    @OptionGroup var heldOut: HeldOutOptions
    @OptionGroup(title: "Data options") var dataOptions: LabelledDataOptions
    @OptionGroup(title: "Model options") var models: CascadeOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func validate() throws {
        if heldOut.holdOut != nil, unlabelled {
            throw ValidationError("--hold-out goes with labels: a training file has them.")
        }
        guard models.cascade.isEmpty else { return try validateCascade() }
        if models.model.speed != nil {
            throw ValidationError("--speed is what this command makes.")
        }
        if name?.isEmpty == true { throw ValidationError("--name is empty.") }
        if try goals.goal == nil {
            if name != nil, models.model.policy == nil {
                throw ValidationError(
                    "--name goes with a goal, such as --risk 0.02, or a --policy.")
            }
            if name == nil, models.model.policy != nil {
                throw ValidationError("A --policy needs a --name to be saved under.")
            }
            if unlabelled, name == nil {
                throw ValidationError("Without labels there must be a goal, such as --risk 0.02.")
            }
        } else if name == nil {
            throw ValidationError("A goal needs a --name to save its policy under.")
        }
    }

    private func validateCascade() throws {
        try models.refuse(["--name": name != nil, "--force": force, "--unlabelled": unlabelled])
        if models.cascadeThreshold != nil {
            throw ValidationError("--cascade-threshold is what this command makes.")
        }
        switch try goals.goal {
        case nil, .accuracyDrop: break
        default: throw ValidationError("Of the goals only --max-accuracy-drop goes with --cascade.")
        }
    }

    func run() throws {
        guard models.cascade.isEmpty else { return try calibrateCascade() }
        let model = try models.model.loadedModel(outputOptions.notes)
        try checkName(model)
        let kind = try policyKind(model)
        try checkPromise(of: kind, model)
        let rows = try CalibrationRows(texts(model), model, isLabelled: !unlabelled)
        if rows.trace.textCount < Self.fewRows {
            outputOptions.notes.note(
                "\(rows.trace.textCount) rows are few: what is chosen on them may not hold for others"
            )
        }
        let report: Report
        var settings = model.settings
        if let name {
            let choice =
                try goals.goal.map {
                    try GoalSearch(rows, model, policy: kind, tolerance: goals.tolerance)
                        .choice(for: $0)
                }
                ?? GoalChoice(
                    given: models.model.policy ?? kind, rows, model, tolerance: goals.tolerance)
            settings.save(choice.policy.name, as: name, promise: choice.promise.json)
            report = choice.report(name)
        } else {
            let recalibration = try Recalibration(rows, model, policy: kind)
            settings = recalibration.settings
            report = recalibration.report
            noteDropped(from: model.settings, to: settings)
        }
        try write(settings, of: model, report)
    }

    private func calibrateCascade() throws {
        let cascade = try models.loadedCascade(outputOptions.notes)
        let (model, largest) = (cascade.classifiers[0].model, cascade.largest.model)
        try checkHasExits(model)
        let rows = try labelledRows(for: largest)
        try rows.gold.checkLabels()
        let metric = largest.metrics[0]
        let points = goals.maxAccuracyDrop ?? OperatingPoints.standardAllowance
        let trace = try cascade.trace(rows.inputs)
        guard let found = CascadeCalibration(trace, rows.gold, metric, within: points) else {
            throw OfframpError(
                .data, at: "calibration",
                found: "no threshold that loses at most \(points) points against "
                    + "\(cascade.folders.last ?? "") alone and spends less",
                expected: "a larger --max-accuracy-drop, more rows or another small checkpoint")
        }
        var settings = model.settings
        settings.save(cascade: found.json, as: try cascade.fingerprint())
        try write(settings, of: model, found.report(metric))
    }

    private func write(_ settings: ExitSettings, of model: LoadedModel, _ report: Report) throws {
        try CheckpointWriter(model.checkpoint.folder.path, overwriting: true).write(settings)
        try outputOptions.write(outputOptions.text(report))
        outputOptions.notes.note("wrote \(model.checkpoint.folder.settings(settings.method))")
    }

    /// Says which saved policies go with the temperatures that they were chosen for.
    private func noteDropped(from old: ExitSettings, to new: ExitSettings) {
        let kept = Set(new.operatingPoints.map(\.key))
        let dropped = old.operatingPoints.map(\.key).filter { !kept.contains($0) }
        guard !dropped.isEmpty else { return }
        outputOptions.notes.note(
            "no longer saved, as they were chosen for other temperatures: "
                + dropped.joined(separator: ", "))
    }

    private func checkHasExits(_ model: LoadedModel) throws {
        let folder = model.checkpoint.folder
        guard folder.methods.contains(model.settings.method) else {
            throw OfframpError(
                .data, at: folder.path, found: "a classifier without exits",
                expected: "a checkpoint that train has written")
        }
    }

    /// Before the work, not after it.
    private func checkName(_ model: LoadedModel) throws {
        try checkHasExits(model)
        let points = model.settings.operatingPoints.map(\.key)
        guard let name, points.contains(name), !force else { return }
        throw OfframpError(
            .usage, at: "--name", found: "\(name), which the checkpoint has",
            expected: "a new name, or --force")
    }

    /// A promise is proven by rows that have taught the policy nothing.
    private func checkPromise(of kind: String, _ model: LoadedModel) throws {
        let kind = String(kind.prefix { $0 != ":" })
        guard case .risk = try goals.goal, heldOut.holdOut != nil,
            PolicyFittings.catalog.contains(where: { $0.policy.name == kind }),
            model.context.learned[kind] != nil
        else { return }
        throw OfframpError(
            .usage, at: "--risk",
            found: "the policy \(kind), which has learned its numbers from the rows of --hold-out",
            expected: "rows of another file, or a policy that learns nothing, such as confidence")
    }

    /// What policies are searched among: what was asked for, or what the method stands for.
    private func policyKind(_ model: LoadedModel) throws -> String {
        if let policy = models.model.policy { return policy }
        let points =
            [model.settings.policy] + model.settings.operatingPoints.compactMap(\.value.string)
        let fixed = [PolicyKind.full.name, PolicyKind.depth.name]
        let kinds = points.map { String($0.prefix { $0 != ":" }) }
        // Patience decides on every task.
        let usual: PolicyKind =
            PolicyKind.confidence.isPossible(for: model.context) ? .confidence : .patience
        return kinds.first { !fixed.contains($0) } ?? usual.name
    }

    private func texts(_ model: LoadedModel) throws -> CalibrationRows.Source {
        let notes = outputOptions.notes
        guard !unlabelled else {
            return .texts(try dataOptions.file.texts(data, notes))
        }
        return .dataset(try labelledRows(for: model))
    }

    private func labelledRows(for model: LoadedModel) throws -> Dataset {
        let notes = outputOptions.notes
        let all = try dataOptions.dataset(data, .model(model.task.targetKind()), notes)
        let dataset = try heldOut.rows(of: all)
        notes.note(badRows: dataset.badRows)
        return dataset
    }
}
