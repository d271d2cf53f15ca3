import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTraining
import TestFiles
import TestModels
import Testing

@Suite struct OperatingPointsTests {
    private static let depths = [0, 1, 2]

    /// Texts with label 1, and exits that are sure of it but for their first so many texts.
    private static func trace(errors: [Int], texts: Int, sureness: Float = 6) -> Trace {
        Trace(
            depths: depths, outputCount: 2,
            logits: errors.map { count in
                (0..<texts).flatMap { text in
                    // Where an exit is wrong it hesitates.
                    text < count ? [0.5, 0] : [0, sureness]
                }
            },
            gold: .labels(Array(repeating: 1, count: texts)),
            tokens: Array(repeating: 8, count: texts))
    }

    private static func chosen(
        _ trace: Trace, _ kind: String = "confidence"
    ) throws -> (settings: ExitSettings, choices: [OperatingPoints.Choice]) {
        let cost = try SmallModel.model(.mean, outputCount: trace.outputCount).cost
        var settings = ExitSettings(method: "m", head: "mean", depths: depths, policy: "full")
        let choices = try OperatingPoints(trace: trace, cost: cost, policy: kind)
            .choose(for: &settings)
        return (settings, choices)
    }

    @Test func `a first exit as good as the last one answers alone`() throws {
        let (settings, choices) = try Self.chosen(Self.trace(errors: [5, 5, 5], texts: 400))
        for choice in choices {
            #expect(choice.loss.value == 0)
            #expect(choice.relativeCompute < 0.2)
        }
        #expect(settings.policy == (try settings.operatingPoint("balanced")))
        #expect(settings.operatingPoints.map(\.key) == ["fast", "balanced", "accurate"])
    }

    /// The first exit is sure where it is right, so that waiting for it to be sure costs nothing.
    @Test func `hesitation sends texts on`() throws {
        let (_, choices) = try Self.chosen(Self.trace(errors: [100, 60, 0], texts: 400))
        for choice in choices { #expect(choice.loss.value <= 0.02) }
        #expect(choices[2].loss.value == 0)
        #expect(choices[2].relativeCompute < 0.5)
    }

    @Test func `nothing is lost that was not asked for: the choice is full`() throws {
        // Every inner exit is as sure when it is wrong as when it is right.
        let texts = 400
        let sure: [Float] = (0..<texts).flatMap { $0 % 4 == 0 ? [6, 0] : [0, 6] as [Float] }
        let last: [Float] = (0..<texts).flatMap { _ in [0, 6] as [Float] }
        let trace = Trace(
            depths: Self.depths, outputCount: 2, logits: [sure, sure, last],
            gold: .labels(Array(repeating: 1, count: texts)),
            tokens: Array(repeating: 8, count: texts))
        let (settings, choices) = try Self.chosen(trace)
        #expect(choices.map(\.policy) == ["full", "full", "full"])
        #expect(settings.policy == "full")
    }

    /// The last layer may be the worse one for a task, as it was trained for another.
    @Test func `nothing is lost against an inner exit that answers better than the full model`()
        throws
    {
        // As sure when wrong, so that only a fixed depth can leave early.
        let trace = Self.trace(errors: [100, 20, 140], texts: 400, sureness: 0.5)
        let (settings, choices) = try Self.chosen(trace)
        #expect(choices.map(\.policy) == ["depth:1", "depth:1", "depth:1"])
        #expect(settings.policy == "depth:1")
        #expect(choices.allSatisfy { $0.loss.value < -0.25 })
    }

    /// One more error in 250 texts is 0.4 points, give or take 0.4; 60 more in 20,000 are 0.3, give or
    /// take 0.04.
    @Test func `few texts say little about a small loss`() throws {
        func accepts(_ texts: Int) throws -> Bool {
            let errors = [texts / 2, texts * 4 / 1000, texts / 1000]
            // As sure when wrong, so that only a fixed depth can leave early.
            let trace = Self.trace(errors: errors, texts: texts, sureness: 0.5)
            return try Self.chosen(trace).choices[1].policy != "full"
        }
        #expect(try !accepts(250))
        #expect(try accepts(20_000))
    }

    @Test(arguments: ["confidence", "entropy", "ensemble", "patience"])
    func `a regression takes the policies that can decide on it`(kind: String) throws {
        let values = (0..<300).map { Float($0 % 7) }
        let near = values.map { $0 + 0.01 * Float(Int($0) % 2) }
        let trace = Trace(
            depths: Self.depths, task: .regression, outputCount: 1,
            logits: [Array(repeating: 1, count: 300), near, values], gold: .values(values),
            tokens: Array(repeating: 8, count: 300))
        let choices = try Self.chosen(trace, kind).choices
        #expect(choices[0].policy == "depth:1" && choices[0].loss.value < 0.001)
    }

    /// Texts of two labels in turns; every exit is right about label 1 alone.
    private static let inTurns = Trace(
        depths: depths, outputCount: 2,
        logits: depths.map { _ in (0..<400).flatMap { _ in [0, 3] as [Float] } },
        gold: .labels((0..<400).map { $0 % 2 }), tokens: Array(repeating: 8, count: 400))

    private static func learned(_ kind: String, from learnable: Trace? = nil) throws -> JSON {
        let cost = try SmallModel.model(.mean, outputCount: 2).cost
        var settings = ExitSettings(method: "m", head: "mean", depths: depths, policy: "full")
        let (_, count) = try OperatingPoints.chosen(
            on: inTurns, learningFrom: learnable, cost: cost, policy: kind, for: &settings,
            workers: Workers(count: 1))
        #expect(count == (learnable == nil ? 200 : 400))
        return settings.learned
    }

    /// The weights of `beem` are the exits' accuracies.
    @Test func `a policy that learns does so from half of the texts, whatever their order`() throws
    {
        let weights = try #require(try Self.learned("beem")["beem"]?.elements?.compactMap(\.double))
        #expect(weights.count == 3 && weights.allSatisfy { abs($0 - 0.5) < 0.1 }, "\(weights)")
    }

    @Test func `a policy learns from the texts that are given for it`() throws {
        let learnable = Self.trace(errors: [40, 20, 0], texts: 200)
        #expect(
            try Self.learned("beem", from: learnable) == (try PolicyFittings.fit(learnable)))
    }

    @Test func `an unknown kind of policy is a wrong use`() {
        let error = failure { try Self.chosen(Self.trace(errors: [0, 0, 0], texts: 4), "luck") }
        #expect(error?.kind == .usage)
    }
}
