import OfframpEngine
import OfframpExit
import OfframpTraining
import TestModels
import Testing

@Suite struct ModelAverageTests {
    @Test(arguments: [HeadKind.mean.name, "shared-pooler"])
    func `is the mean of every parameter`(kind: String) throws {
        let models = try (1...3).map {
            try SmallModel.model(HeadKind.named(kind), seed: UInt64($0))
        }
        var average = ModelAverage()
        for model in models { average.add(model) }
        let found = try #require(average.model?.values())
        for (name, values) in found {
            let parts = models.compactMap { $0.values()[name] }
            let mean = values.indices.map { index in
                parts.reduce(0) { $0 + $1[index] } / 3
            }
            #expect(largestDifference(values, mean) < 1e-6, "\(name)")
        }
    }
}
