import COfframpKernels
import Testing

@Suite struct DropoutKernelTests {
    @Test(arguments: [0, 0.1, 0.5, 0.9] as [Float])
    func `drops the given share and scales the rest`(probability: Float) {
        let y = dropped(100_000, probability, seed: 7)
        let share = Float(y.count { $0 == 0 }) / Float(y.count)
        #expect(abs(share - probability) < 0.005)
        #expect(y.allSatisfy { $0 == 0 || abs($0 - 1 / (1 - probability)) < 1e-6 })
    }

    @Test func `depends on the seed and the index alone`() {
        let y = dropped(1000, 0.5, seed: 1 << 40)
        #expect(dropped(37, 0.5, seed: 1 << 40) == Array(y.prefix(37)))
        #expect(dropped(1000, 0.5, seed: 1 << 41) != y)
        #expect(dropped(1000, 0.5, seed: 1) != dropped(1000, 0.5, seed: 2))
    }

    @Test func `neighbouring seeds and indices decide independently`() {
        let y = (0..<200).map { dropped(1000, 0.5, seed: $0) }
        let agreement = { (a: [Float], b: [Float]) in zip(a, b).count { $0 == $1 } }
        let seeds = (1..<200).map { agreement(y[$0], y[$0 - 1]) }
        #expect(abs(seeds.reduce(0, +) - 99_500) < 1000)
        let shifted = y.map { agreement(Array($0.dropFirst()), $0) }
        #expect(abs(shifted.reduce(0, +) - 99_900) < 1000)
    }

    @Test func `takes no entries, and writes over its input`() {
        offramp_dropout(0, 0.5, 1, [], nil)
        var y = [Float](repeating: 1, count: 99)
        y.withUnsafeMutableBufferPointer {
            offramp_dropout(99, 0.3, 5, $0.baseAddress, $0.baseAddress)
        }
        #expect(y == dropped(99, 0.3, seed: 5))
    }

    private func dropped(_ count: Int, _ probability: Float, seed: UInt64) -> [Float] {
        let ones = [Float](repeating: 1, count: count)
        var y = ones
        offramp_dropout(count, probability, seed, ones, &y)
        return y
    }
}
