import Glibc
import OfframpExit
import OfframpTensor
import OfframpTraining
import Testing

@Suite struct EnsembleFittingTests {
    /// 200 texts of 3 labels, the right one's logit the higher the deeper the exit.
    private static let trace: Trace = {
        var random = RandomSource(seed: 4)
        let labels = (0..<200).map { $0 % 3 }
        let logits = (0..<3).map { exit in
            labels.flatMap { right in
                (0..<3).map { 2 * random.normal() + ($0 == right ? Float(exit + 1) : 0) }
            }
        }
        return Trace(depths: [1, 2, 4], outputCount: 3, logits: logits, gold: .labels(labels))
    }()

    private static func learned() throws -> EnsembleWeights {
        try EnsembleWeights(EnsembleFitting().fit(trace), exits: 3, labels: 3)
    }

    /// The cross-entropy of the policy's answers with the first exits only, the last of them answering.
    private static func loss(_ weights: EnsembleWeights, exits: Int) throws -> Double {
        let part = Trace(
            depths: Array([1, 2, 4].prefix(exits)), outputCount: 3,
            logits: trace.exits.prefix(exits).map(\.logits))
        let own = try EnsembleWeights(
            exits: exits, labels: 3,
            weights: (0..<exits).flatMap { weights.weights[$0 * 3..<$0 * 3 + exits] },
            biases: Array(weights.biases[..<(3 * exits)]))
        let context = PolicyContext(
            outputCount: 3, depths: part.depths, learned: ["ensemble": own.json])
        let answers = part.replay(try PolicyKind.policy("ensemble:1", for: context))
        let last = answers.enumerated().filter { $0.element.exitIndex == exits - 1 }
        let sum = last.reduce(0) {
            $0 - Double(log($1.element.prediction.probabilities[$1.offset % 3]))
        }
        return sum / Double(last.count)
    }

    @Test(arguments: [1, 2, 3])
    func `lowers the cross-entropy of the policy's answers at every exit`(exits: Int) throws {
        let learned = try Self.learned()
        let unlearned = EnsembleWeights.unlearned(exits: 3, labels: 3)
        #expect(try Self.loss(learned, exits: exits) < Self.loss(unlearned, exits: exits) - 0.005)
    }

    /// The policy reads logits divided by their exit's temperature.
    @Test func `learns from what the policy will read`() throws {
        let temperatures: [Float] = [2, 0.5, 4]
        let divided = Trace(
            depths: Self.trace.depths, outputCount: 3,
            logits: zip(Self.trace.exits, temperatures).map { exit, temperature in
                exit.logits.map { $0 / temperature }
            }, gold: Self.trace.gold)
        #expect(
            try EnsembleFitting().fit(Self.trace.tempered(temperatures))
                == EnsembleFitting().fit(divided))
    }

    @Test(arguments: [1, 2, 3])
    func `finds the optimum of the policy's own formula`(exits: Int) throws {
        let learned = try Self.learned()
        let best = try Self.loss(learned, exits: exits)
        for index in 0..<exits {
            for step in [Float(-0.2), 0.2] {
                var weights = learned.weights
                weights[(exits - 1) * 3 + index] += step
                let moved = try EnsembleWeights(
                    exits: 3, labels: 3, weights: weights, biases: learned.biases)
                #expect(try Self.loss(moved, exits: exits) > best - 1e-4)
            }
            var biases = learned.biases
            biases[(exits - 1) * 3 + index] += 0.1
            let moved = try EnsembleWeights(
                exits: 3, labels: 3, weights: learned.weights, biases: biases)
            #expect(try Self.loss(moved, exits: exits) > best - 1e-4)
        }
    }
}
