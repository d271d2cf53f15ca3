import OfframpTensor
import OfframpTokenizer
import TestFiles
import Testing

@Suite struct DamagedTextTests {
    @Test(
        arguments: [
            [0xFF], [0x80], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xE4, 0xB8],
            [0xED, 0xA0, 0x80],
            [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0xEF, 0xBF, 0xBD],
        ] as [[UInt8]])
    func `bytes that are not part of a character are ignored`(_ damage: [UInt8]) throws {
        let tokenizer = try Tokenizer.uncased()
        let expected = tokenizer.encode("hello world").ids
        let (hel, lo, world) = (Array("hel".utf8), Array("lo".utf8), Array(" world".utf8))
        #expect(tokenizer.encode(hel + damage + lo + world).ids == expected)
        #expect(tokenizer.encode(damage + hel + lo + world).ids == expected)
        #expect(tokenizer.encode(hel + lo + world + damage).ids == expected)
        #expect(tokenizer.encode(damage).ids == tokenizer.encode("").ids)
    }

    @Test func `random bytes give ids of the vocabulary and ranges of the text`() throws {
        let tokenizer = try Tokenizer.uncased(maximumLength: 1 << 20)
        var random = RandomSource(seed: 7)
        for round in 0..<4000 {
            let bytes = random.bytes(round % 97, fromAlphabet: round % 3)
            let encoding = tokenizer.encode(bytes, tracksRanges: true)
            #expect(encoding.ids == tokenizer.encode(bytes).ids)
            #expect(encoding.ids.allSatisfy { (0..<30_522).contains($0) })
            #expect(encoding.ranges?.allSatisfy { $0.upperBound <= bytes.count } == true)
        }
    }

    @Test func `a text cut anywhere is encoded`() throws {
        let tokenizer = try Tokenizer.uncased()
        let bytes = Array("a[MASK]é\u{301}中😀한\u{302e} exactly8 \u{1F468}\u{200D}".utf8)
        for end in 0...bytes.count {
            for start in 0...end {
                #expect(tokenizer.encode(Array(bytes[start..<end])).ids.first == 101)
            }
        }
    }
}

/// Alphabets that make damage, normalisation and special tokens likely.
private let alphabets: [[UInt8]] = [
    Array(0...255),
    Array("ab1 [MASK].\u{0}\té\u{301}中İ\u{AC00}\u{302E}😀".utf8),
    [0xC3, 0xE4, 0xB8, 0xAD, 0xF0, 0x9F, 0x98, 0x80, 0x20, 0x61, 0xCC, 0x81],
]

extension RandomSource {
    fileprivate mutating func bytes(_ count: Int, fromAlphabet index: Int) -> [UInt8] {
        (0..<count).compactMap { _ in alphabets[index].randomElement(using: &self) }
    }
}
