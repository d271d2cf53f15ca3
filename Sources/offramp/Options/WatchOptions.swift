import ArgumentParser
import Offramp
import OfframpCalibration
import OfframpFiles

/// Whether the full model looks over some of the answers.
struct WatchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Run one row in N to full depth too, and say when more of them get another answer than the policy "
                + "was calibrated to give. A false alarm comes in at most one run in twenty.",
            valueName: "N"),
        transform: WholeNumber.atLeast(1))
    var watch: Int?

    @Option(
        help: ArgumentHelp(
            "The share of rows that must get the full model's answer (default: as calibrated).",
            valueName: "share"))
    var leastAgreement: Double?

    @Flag(
        help: ArgumentHelp(
            "After an alarm let the following rows leave later, as late as the last watched ones show to be needed."
        ))
    var tighten = false

    func validate() throws {
        if watch == nil, leastAgreement != nil || tighten {
            throw ValidationError("--least-agreement and --tighten go with --watch.")
        }
        if let leastAgreement, !(leastAgreement > 0 && leastAgreement < 1) {
            throw ValidationError("--least-agreement is a share above 0 and below 1.")
        }
    }

    /// What looks for drift; `nil` unless asked for.
    ///
    /// - Throws: `OfframpError` (`usage`) where nobody has said how often the answers agree.
    func watch(_ classifier: Classifier) throws -> Watch? {
        guard let watch else { return nil }
        let settings = classifier.model.settings
        let names = settings.operatingPoints.filter { $0.value.string == classifier.policy.name }
        let calibrated = names.compactMap { settings.promises[$0.key] }
            .compactMap(CalibratedAgreement.init(promise:)).first
        let isRegression = classifier.labels.isEmpty
        guard let agreement = try agreement(calibrated),
            !isRegression || calibrated?.tolerance != nil
        else {
            throw OfframpError(
                .usage, at: "--watch",
                found:
                    "no record of how often \(classifier.policy.name) gives the full model's answer",
                expected: isRegression
                    ? "a policy that calibrate has saved with a --tolerance"
                    : "a policy that calibrate has saved, or --least-agreement")
        }
        return Watch(
            every: watch, allowed: agreement, tolerance: calibrated?.tolerance ?? 0,
            tightens: tighten)
    }

    /// The share of disagreements that is no drift.
    private func agreement(_ calibrated: CalibratedAgreement?) throws -> Double? {
        if let leastAgreement { return 1 - leastAgreement }
        return calibrated?.mostDisagreements(error: Watch.calibrationErrors)
    }
}
