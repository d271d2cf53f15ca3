import OfframpTensor
import Testing

@Suite struct ParameterInitializerTests {
    private static func values(inputs: Int, deviation: Float?) -> [Float] {
        var tensor = Tensor(.matrix(100, inputs), repeating: 0)
        var initializer = ParameterInitializer(seed: 1, deviation: deviation)
        initializer.visit(["map.weight"], &tensor)
        return tensor.values
    }

    @Test(arguments: [
        (16, Float(0.02), 0.02), (400, 0.02, 0.02), (16, nil, 0.25), (400, nil, 0.05),
    ])
    func `a matrix has the deviation that is asked for, or one by its inputs`(
        inputs: Int, deviation: Float?, expected: Double
    ) {
        let values = Self.values(inputs: inputs, deviation: deviation).map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        // Four standard errors of 1,600 values are 7 %.
        #expect(abs(variance.squareRoot() / expected - 1) < 0.07)
        #expect(abs(mean) < 0.1 * expected)
    }
}
