import Glibc

/// A seeded stream of random numbers (SplitMix64, Steele, Lea & Flood 2014): the same on every
/// machine, unlike the system's generator.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The stream of one seed.
    package init(seed: UInt64) { state = seed }

    /// The next 64 bits of the stream.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// A seed for one part of a run (a step, a worker, a parameter), independent of the other
    /// parts.
    package static func seed(_ seed: UInt64, _ part: UInt64) -> UInt64 {
        mix(seed &+ mix(part &+ 0x632B_E59B_D9B4_E019))
    }

    /// A number drawn from the normal distribution with mean 0 and variance 1 (Box & Muller 1958).
    package mutating func normal() -> Float {
        // In (0, 1], so that the logarithm exists.
        let radius = Float((next() >> 40) + 1) * 0x1p-24
        let angle = Float(next() >> 40) * 0x1p-24
        return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
