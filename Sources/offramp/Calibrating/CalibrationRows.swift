import Offramp
import OfframpCalibration
import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTraining

/// The rows of a calibration, and what every exit says of them.
struct CalibrationRows {
    /// Where rows come from.
    enum Source {
        case dataset(Dataset)
        case texts([TextInput])
    }

    let texts: [TextInput]
    /// With right answers: the rows' own, or the full model's.
    let trace: Trace
    let isLabelled: Bool

    /// Runs the model over the rows.
    init(_ source: Source, _ model: LoadedModel, isLabelled: Bool) throws {
        self.isLabelled = isLabelled
        switch source {
        case .dataset(let dataset):
            texts = dataset.inputs
            trace = try model.trace(dataset)
        case .texts(let texts):
            self.texts = texts
            trace = try model.trace(texts).withFullModelAsGold
        }
        if isLabelled, trace.outputCount > 1 { try trace.gold?.checkLabels() }
    }
}

extension Gold {
    /// Rows of one label say nothing of the others, and make every exit look perfect that always answers with
    /// it.
    ///
    /// - Throws: `OfframpError` (`data`).
    func checkLabels() throws {
        guard task == .classification, Set(labels).count < 2 else { return }
        throw OfframpError(
            .data, at: "calibration", found: "rows of one label", expected: "rows of several labels"
        )
    }
}
