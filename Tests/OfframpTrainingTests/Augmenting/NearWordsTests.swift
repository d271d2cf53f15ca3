import OfframpEngine
import OfframpTensor
import OfframpTraining
import TestModels
import Testing

@Suite struct NearWordsTests {
    @Test func `are those with the largest cosines, the nearest first`() throws {
        let checkpoint = try Checkpoint(SmallModel.folder)
        let (backbone, tokenizer) = (try checkpoint.backbone(), try checkpoint.tokenizer())
        let near = NearWords(
            of: ["good", "Dull", "unheard"], count: 4, backbone, tokenizer,
            workers: Workers(count: 2))
        func vector(_ word: String) -> [Double] {
            backbone.wordEmbeddings([tokenizer.encode(word).ids[1]]).values.map { Double($0) }
        }
        func cosine(_ first: [Double], _ second: [Double]) -> Double {
            func product(_ a: [Double], _ b: [Double]) -> Double {
                zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
            }
            return product(first, second)
                / (product(first, first) * product(second, second)).squareRoot()
        }
        for word in ["good", "dull"] {
            // A single letter is no word that may stand for another.
            let others = SmallModel.words.filter { $0 != word && $0.count > 1 }
            let expected = others.sorted {
                cosine(vector($0), vector(word)) > cosine(vector($1), vector(word))
            }
            #expect(near.words(near: word, tokenizer) == Array(expected.prefix(4)))
        }
        #expect(near.words(near: "unheard", tokenizer).isEmpty)
        #expect(near.words(near: "film", tokenizer).isEmpty, "it was not asked for")
    }
}
