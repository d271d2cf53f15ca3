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
            Accuracy or the task's metric, scores of each label, where texts left, compute relative \
            to the full model, and speed. With --sweep the whole curve of accuracy against compute.
            """)

    @Argument(help: "The labelled files, or - for standard input.")
    var data: [String]

    @Flag(help: "Walk the thresholds of the policy's kind instead, from slow to fast.")
    var sweep = false

    @OptionGroup(title: "Data options") var dataOptions: LabelledDataOptions
    @OptionGroup(title: "Model options") var model: ModelOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func run() throws {
        let model = try self.model.loadedModel(outputOptions.notes)
        let policy = try self.model.policyText(model.settings)
        let dataset = try dataOptions.dataset(
            data, .model(model.task.targetKind()), outputOptions.notes)
        outputOptions.notes.note(badRows: dataset.badRows)
        try outputOptions.write(
            sweep ? curve(policy, model, dataset) : evaluation(policy, model, dataset))
    }

    private func evaluation(
        _ policy: String, _ model: LoadedModel, _ dataset: Dataset
    ) throws -> String {
        let report = try Evaluation(Classifier(model, policy: policy), dataset).report
        return outputOptions.text(report)
    }

    private func curve(
        _ policy: String, _ model: LoadedModel, _ dataset: Dataset
    ) throws -> String {
        let sweep = try PolicySweep(of: policy, model, dataset)
        return outputOptions.json ? sweep.json : sweep.text
    }
}
