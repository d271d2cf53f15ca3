import COfframpKernels
import Testing

@Suite struct RoundRowsTests {
    @Test(
        arguments: [
            (0x3F80_8000, 0x3F80), (0x3F81_8000, 0x3F82), (0x3F80_8001, 0x3F81),
            (0xBF80_7FFF, 0xBF80),
            (0x7F7F_FFFF, 0x7F80), (0x7F80_0000, 0x7F80), (0x7F80_0001, 0x7FC0),
            (0x7FFF_FFFF, 0x7FC0),
            (0, 0), (0x8000_0000, 0x8000), (1, 0),
        ] as [(UInt32, UInt16)])
    func `floats are rounded to nearest even`(bits: UInt32, expected: UInt16) {
        let x = [Float](repeating: Float(bitPattern: bits), count: 33)
        var rounded = [UInt16](repeating: 99, count: offramp_bfloat16_stride(33))
        offramp_round_rows(1, 33, x, &rounded)
        #expect(rounded.prefix(33).allSatisfy { $0 == expected })
        #expect(rounded.dropFirst(33).allSatisfy { $0 == 0 })
    }
}
