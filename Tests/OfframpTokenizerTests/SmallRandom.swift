/// A small generator, so that a failure can be repeated.
struct SmallRandom {
    var state: UInt64

    /// A number from 0 to `bound - 1`; 0 for a bound of 0.
    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return bound == 0 ? 0 : Int(state >> 33) % bound
    }
}
