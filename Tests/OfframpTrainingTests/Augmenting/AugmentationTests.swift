import OfframpTensor
import OfframpTokenizer
import OfframpTraining
import Testing

@Suite struct AugmentationTests {
    private static let text = "The plot never bores , and its cast is warm !"
    private let near = ["warm": ["hot", "kind"], "bores": ["tires"], "The": ["a"]]

    private func copies(
        of text: TextInput, count: Int = 200, seed: UInt64 = 1,
        _ change: (inout Augmentation) -> Void = { _ in }
    ) -> [TextInput] {
        var augmentation = Augmentation()
        change(&augmentation)
        var random = RandomSource(seed: seed)
        return augmentation.copies(
            of: text, count: count, near: { near[$0] ?? [] }, using: &random)
    }

    @Test func `copies differ from the text and from each other, and follow from the seed`() {
        let found = copies(of: TextInput(Self.text))
        #expect(found.count == 200)
        #expect(Set(found.map(\.text)).union([Self.text]).count == 201)
        #expect(found == copies(of: TextInput(Self.text)))
        #expect(found != copies(of: TextInput(Self.text), seed: 2))
    }

    @Test func `a word is replaced by a near one; its signs and its capital stay`() {
        let found = copies(of: "The plot, \"warm\"!", count: 5) {
            ($0.phraseShare, $0.deletionShare, $0.replacementShare) = (0, 0, 0.5)
        }
        #expect(
            Set(found.map(\.text)).isSubset(of: [
                "A plot, \"warm\"!", "The plot, \"hot\"!", "The plot, \"kind\"!",
                "A plot, \"hot\"!", "A plot, \"kind\"!",
            ]))
        #expect(found.count > 2)
    }

    @Test func `a phrase is a run of at most five words`() {
        let words = Self.text.split(separator: " ")
        let found = copies(of: TextInput(Self.text), count: 30) { $0.phraseShare = 1 }
        for copy in found {
            let phrase = copy.text.split(separator: " ")
            #expect((1...5).contains(phrase.count))
            #expect(words.indices.contains { words[$0...].starts(with: phrase) })
        }
        #expect(Set(found.map { $0.text.split(separator: " ").count }) == [1, 2, 3, 4, 5])
    }

    @Test func `words are left out and the others keep their order`() {
        let words = Self.text.split(separator: " ")
        let found = copies(of: TextInput(Self.text)) {
            ($0.phraseShare, $0.replacementShare) = (0, 0)
        }
        for copy in found {
            var rest = words[...]
            for word in copy.text.split(separator: " ") {
                rest = rest.drop { $0 != word }.dropFirst()
            }
            #expect(copy.text.split(separator: " ").count < words.count)
            #expect(!rest.isEmpty || copy.text.hasSuffix("!"))
        }
    }

    @Test func `of a pair one text or both are changed`() {
        let found = copies(of: TextInput(Self.text, pair: "Its cast is warm ."))
        let changed = found.map { [$0.text != Self.text, $0.pair != "Its cast is warm ."] }
        #expect(Set(changed) == [[true, false], [false, true], [true, true]])
    }

    @Test(arguments: ["", " ", "one"])
    func `a text of too few words has few copies, and none that is empty`(text: String) {
        #expect(copies(of: TextInput(text)).isEmpty)
    }
}
