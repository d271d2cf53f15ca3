import COfframp
import Offramp
import OfframpFiles

extension offramp_texts {
    /// The texts, with a second one each where there are pairs.
    ///
    /// - Throws: `OfframpError` (`usage`) for another number of second texts: of too few, some would be read
    ///   from beyond the caller's memory.
    func inputs(_ seconds: offramp_texts?) throws -> [TextInput] {
        if let seconds, seconds.count != count {
            throw OfframpError(
                .usage, at: "seconds", found: "\(seconds.count)",
                expected: "\(count), as many as texts")
        }
        return (0..<Int(count)).map { TextInput(self[$0], pair: seconds?[$0]) }
    }

    private subscript(_ index: Int) -> String {
        let range = Int(offsets[index])..<Int(offsets[index + 1])
        guard let bytes, !range.isEmpty else { return "" }
        return String(
            decoding: UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count),
            as: UTF8.self)
    }
}

extension offramp_answers {
    /// Fills the caller's memory.
    ///
    /// - Parameter labelCount: how many labels there are.
    func take(_ answers: [Classification], labelCount: Int) {
        given?.update(repeating: 0, count: answers.count * labelCount)
        for (row, answer) in answers.enumerated() {
            label?[row] = Int32(answer.labelIndex)
            score?[row] = answer.value ?? answer.probability
            exit?[row] = Int32(answer.depth)
            truncated?[row] = answer.isTruncated ? 1 : 0
            let place = row * labelCount
            if let probabilities {
                for (index, value) in answer.probabilities.enumerated() {
                    probabilities[place + index] = value
                }
            }
            if let given {
                for index in answer.labelIndices { given[place + index] = 1 }
            }
        }
    }
}
