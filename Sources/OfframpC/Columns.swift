import COfframp
import Offramp

extension offramp_texts {
    /// The texts, with a second one each where there are pairs.
    func inputs(_ seconds: offramp_texts?) -> [TextInput] {
        (0..<Int(count)).map { TextInput(self[$0], pair: seconds?[$0]) }
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
    /// - Parameter labels: the names of all labels, in their order.
    func take(_ answers: [Classification], _ labels: [String]) {
        for (row, answer) in answers.enumerated() {
            label?[row] = Int32(labels.firstIndex(of: answer.label) ?? 0)
            score?[row] = answer.value ?? answer.probability
            exit?[row] = Int32(answer.depth)
            truncated?[row] = answer.isTruncated ? 1 : 0
            let place = row * labels.count
            for index in labels.indices {
                probabilities?[place + index] = answer.probabilities[index]
                given?[place + index] = answer.labels.contains(labels[index]) ? 1 : 0
            }
        }
    }
}
