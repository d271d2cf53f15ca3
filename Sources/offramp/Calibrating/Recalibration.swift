import OfframpCalibration
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTraining

/// Temperatures fitted to some rows, and everything chosen anew that depends on them.
struct Recalibration {
    let settings: ExitSettings
    private let trace: Trace
    private let choices: [OperatingPoints.Choice]
    /// The calibration error of every exit before and after, each on rows that its temperature was not fitted
    /// to; `nil` in a regression.
    private let errors: (before: [Double], after: [Double])?

    /// - Parameter policy: the kind of policy to choose from.
    init(_ rows: CalibrationRows, _ model: LoadedModel, policy: String) throws {
        let parts = CalibrationParts(rows.trace)
        let fitted = parts.test.tempered(TemperatureFit.temperatures(parts.search))
        errors = parts.test.calibrationErrors.flatMap { before in
            fitted.calibrationErrors.map { (before, $0) }
        }
        var settings = model.settings
        settings.temperatures = TemperatureFit.temperatures(rows.trace)
        trace = rows.trace.tempered(settings.temperatures)
        // This leaves out what was chosen for other temperatures: it means something else now.
        choices = try OperatingPoints.chosen(
            on: trace, cost: model.engine.model.cost, policy: policy, for: &settings,
            workers: model.engine.workers
        ).choices
        settings.results = [
            "calibration": try ExitResults(trace, model, settings).json
        ]
        self.settings = settings
    }
}

extension Recalibration {
    /// For people and programs.
    var report: Report {
        var report = Report()
        report.add([Figure("rows", .count(trace.textCount))])
        report.add("exits", rows: trace.exits.indices.map(exit))
        report.add(
            "operating_points",
            rows: choices.map { choice in
                [
                    Figure("name", .name(choice.name)), Figure("policy", .name(choice.policy)),
                    Figure(
                        "drop", title: "against the full model",
                        .drop(trace.metric, choice.loss.value)),
                    Figure(
                        "relative_compute", title: "compute",
                        .share(choice.relativeCompute, unit: "% of the full model")),
                ]
            })
        return report
    }

    private func exit(_ index: Int) -> [Figure] {
        let temperature = settings.temperatures[index]
        let figures = [
            Figure("depth", .depth(trace.depths[index])),
            Figure(
                "temperature",
                Value(text: temperature.text(decimals: 3), json: .number(temperature))),
        ]
        guard let errors else { return figures }
        return figures + [
            Figure("error_before", title: "calibration error before", .share(errors.before[index])),
            Figure("error_after", title: "after", .share(errors.after[index])),
        ]
    }
}
