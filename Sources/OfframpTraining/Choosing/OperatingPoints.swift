import OfframpCalibration
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Chooses the policies of a checkpoint on texts that the heads have not learned from: under each
/// name the cheapest one that loses no more against the full model than the name allows, its standard
/// error included, or against an inner exit that answers better. Where none does, the choice is that one.
package struct OperatingPoints: Sendable {
    /// One choice, and what it does on the texts that it was made on.
    package struct Choice: Sendable {
        /// The operating point.
        package let name: String
        /// The policy, as the catalog reads it.
        package let policy: String
        /// Against the full model, in units of the metric.
        package let loss: QualityLoss
        /// Multiply-adds relative to the full model's.
        package let relativeCompute: Double
    }

    private let trace: Trace
    private let cost: CostModel
    private let policy: String

    /// What each operating point may lose, in points.
    private static let allowances = [("fast", 2.0), standard, ("accurate", 0.1)]
    /// The one that is used when none is asked for, and what it may lose, in points.
    private static let standard = (name: "balanced", points: standardAllowance)
    /// What is lost at most where nobody says what may be, in points.
    package static let standardAllowance = 0.5

    /// Points among the policies of one kind and the fixed depths.
    ///
    /// - Parameter policy: of that kind, with the options that all candidates get. Where it cannot decide
    ///   on the task, as most cannot on a regression, those that can take its place.
    package init(trace: Trace, cost: CostModel, policy: String) {
        self.trace = trace
        self.cost = cost
        self.policy = policy
    }

    /// Lets policies learn their numbers, and then chooses.
    ///
    /// Where the kind is one that learns, it learns from other texts than it is chosen on: those given for it, or
    /// half of all.
    ///
    /// - Parameters:
    ///   - learnable: texts that policies may learn from and not be chosen on.
    ///   - policy: see `init`.
    ///   - workers: the threads that share the work.
    /// - Returns: the choices, and how many texts they were made on.
    /// - Throws: `OfframpError`, as `choose` and `PolicyFittings.fit` do.
    package static func chosen(
        on trace: Trace, learningFrom learnable: Trace? = nil, cost: CostModel, policy: String,
        for exits: inout ExitSettings, workers: Workers
    ) throws -> (choices: [Choice], textCount: Int) {
        try Workers.$current.withValue(workers) {
            let parts =
                learnable.map { (learnedFrom: $0, chosenOn: trace) } ?? parts(of: trace, policy)
            exits.learned = try PolicyFittings.fit(parts.learnedFrom)
            let points = OperatingPoints(trace: parts.chosenOn, cost: cost, policy: policy)
            return (try points.choose(for: &exits), parts.chosenOn.textCount)
        }
    }

    /// The texts that policies learn from, and those that their numbers are chosen on.
    private static func parts(
        of trace: Trace, _ policy: String
    ) -> (learnedFrom: Trace, chosenOn: Trace) {
        let kind = policy.prefix { $0 != ":" }
        guard PolicyFittings.catalog.contains(where: { $0.policy.name == kind }),
            trace.textCount > 1
        else { return (trace, trace) }
        var random = RandomSource(seed: partingSeed)
        let texts = (0..<trace.textCount).shuffled(using: &random)
        let half = texts.count / 2
        return (trace.gathered(Array(texts[..<half])), trace.gathered(Array(texts[half...])))
    }

    /// Shuffled, as a file may have its labels in turns.
    private static let partingSeed: UInt64 = 42

    /// Sets the operating points and the default policy.
    ///
    /// - Returns: the choices, from the fastest to the most accurate.
    /// - Throws: `OfframpError` (`usage`) when there is no such kind of policy.
    package func choose(for exits: inout ExitSettings) throws -> [Choice] {
        let context = PolicyContext(
            task: trace.task, outputCount: trace.outputCount, depths: trace.depths,
            hasSignals: exits.signal != nil,
            learned: exits.learned)
        let candidates = try kinds(context).flatMap { try PolicyKind.sweep($0, for: context) }
        exits.operatingPoints = []
        exits.promises = [:]
        exits.cascades = [:]
        let reference = trace.bestDepth(margin: QualityLoss.usualMargin)
        let curve = trace.curve(candidates, cost: cost)
        let choices = try Self.allowances.map { name, points in
            let point = trace.cheapest(
                of: candidates, within: points, margin: QualityLoss.usualMargin, against: reference,
                cost: cost, curve: curve)
            // A policy that saves nothing is the full model in disguise.
            let isWorthIt = (point.relativeCompute ?? 1) < 1
            let policy = isWorthIt ? try PolicyKind.policy(point.policy, for: context) : Full()
            let choice = Choice(
                name: name, policy: policy.name, loss: trace.loss(of: policy),
                relativeCompute: min(point.relativeCompute ?? 1, 1))
            let agreement = CalibratedAgreement.measured(trace, policy)
            exits.save(
                choice.policy, as: name, promise: promise(choice, agreement, within: points).json)
            return choice
        }
        exits.policy = try exits.operatingPoint(Self.standard.name)
        return choices
    }

    private func promise(
        _ choice: Choice, _ agreement: [JSON.Member], within points: Double
    ) -> Promise {
        Promise(
            .accuracyDrop(points: points), rows: trace.textCount,
            measured: [
                .init("drop", .number(choice.loss.value)),
                .init("standard_error", .number(choice.loss.standardError)),
                .init("relative_compute", .number(choice.relativeCompute)),
            ] + agreement)
    }

    private func kinds(_ context: PolicyContext) throws -> [String] {
        let wanted = try PolicyKind.named(policy.prefix { $0 != ":" })
        guard wanted.isPossible(for: context) else {
            return PolicyKind.catalog.filter { $0.isPossible(for: context) }.map(\.name)
        }
        return [policy, PolicyKind.depth.name]
    }
}
