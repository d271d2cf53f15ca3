import OfframpEngine
import Testing

@Suite struct BatchCutterTests {
    @Test(
        arguments: [
            ([], []), ([3], [[0]]), ([900], [[0]]), ([3, 9, 4, 4], [[1], [2, 3], [0]]),
            ([10, 10, 10], [[0], [1], [2]]), ([5, 5, 5], [[0, 1], [2]]),
        ] as [([Int], [[Int]])])
    func `puts every text into one batch, longest first, within the tokens`(
        lengths: [Int], batches: [[Int]]
    ) {
        #expect(BatchCutter(tokens: 10).cut(lengths) == batches)
    }
}
