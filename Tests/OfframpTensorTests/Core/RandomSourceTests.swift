import OfframpTensor
import Testing

@Suite struct RandomSourceTests {
    /// The first numbers of the published reference implementation for this seed.
    @Test func `gives SplitMix64's numbers`() {
        var random = RandomSource(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `repeats itself with the same seed only`() {
        func numbers(_ seed: UInt64) -> [UInt64] {
            var random = RandomSource(seed: seed)
            return (0..<10).map { _ in random.next() }
        }
        #expect(numbers(3) == numbers(3))
        #expect(numbers(3) != numbers(4))
        #expect(numbers(RandomSource.seed(3, 0)) != numbers(RandomSource.seed(3, 1)))
    }

    @Test func `draws normal numbers with mean 0, variance 1 and the right tails`() {
        var random = RandomSource(seed: 11)
        let numbers = (0..<200_000).map { _ in Double(random.normal()) }
        let mean = numbers.reduce(0, +) / 200_000
        let variance = numbers.reduce(0) { $0 + $1 * $1 } / 200_000 - mean * mean
        #expect(abs(mean) < 0.01)
        #expect(abs(variance - 1) < 0.02)
        let beyondTwo = numbers.count { abs($0) > 2 }
        #expect(abs(Double(beyondTwo) / 200_000 - 0.0455) < 0.002)
        #expect(numbers.allSatisfy { $0.isFinite })
    }
}
