import OfframpEngine
import OfframpTensor
import OfframpTokenizer
import OfframpTraining
import TestModels
import Testing

@Suite struct WordDeletionTests {
    private static func encodings() throws -> [Encoding] {
        let tokenizer = try Checkpoint(SmallModel.folder).tokenizer()
        return [
            tokenizer.encode("the film was good and the song was great"),
            tokenizer.encode("we liked the song", pair: "they left early but we saw it"),
            tokenizer.encode("cold"),
        ]
    }

    @Test func `leaves out a share of the pieces, and keeps the order of the others`() throws {
        let text = try Self.encodings()[0]
        var words = 0
        for seed in 0..<500 {
            let batch = WordDeletion(probability: 0.3).batch([text], seed: UInt64(seed))
            let ids = batch.words
            var rest = text.ids[...]
            for id in ids {
                rest = rest.drop { $0 != id }
                #expect(rest.first == id, "\(ids) in another order than \(text.ids)")
                rest = rest.dropFirst()
            }
            words += ids.count - 2
        }
        // 9 words, of which 0.3 go: the mean of 500 texts is within 0.2 in all but one of 1,000.
        #expect(abs(Double(words) / 500 - 6.3) < 0.2)
    }

    @Test func `keeps the special tokens and the border of a pair`() throws {
        let text = try Self.encodings()[1]
        for seed in 0..<200 {
            let batch = WordDeletion(probability: 0.6).batch([text], seed: UInt64(seed))
            let (ids, types) = (batch.words, batch.segments)
            #expect(ids.first == text.ids[0] && ids.last == text.ids.last)
            let border = types.count { $0 == 0 }
            #expect(ids[border - 1] == text.ids[text.secondStart - 1])
            #expect(ids.count { $0 == ids[ids.count - 1] } == 2)
            #expect(types == (0..<types.count).map { $0 < border ? 0 : 1 })
        }
    }

    @Test func `does nothing to short texts, nor at a share of 0`() throws {
        let texts = try Self.encodings()
        let short = WordDeletion(probability: 0.9).batch([texts[2]], seed: 1)
        #expect(short.words == texts[2].ids)
        let all = WordDeletion(probability: 0).batch(texts, seed: 1)
        #expect(all.words == texts.flatMap(\.ids))
    }
}
