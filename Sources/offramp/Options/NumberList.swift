import ArgumentParser
import OfframpEngine
import OfframpFiles

/// Whole numbers separated by commas, strictly ascending, none below 0.
struct NumberList: ExpressibleByArgument {
    let numbers: [Int]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        numbers = parts.compactMap { Int($0) }
        let ascends = zip(numbers, numbers.dropFirst()).allSatisfy(<)
        guard numbers.count == parts.count, numbers[0] >= 0, ascends else { return nil }
    }
}

extension NumberList {
    /// Refuses depths that an encoder does not have.
    func check(against source: Checkpoint) throws {
        let layers = source.configuration.layerCount
        guard let last = numbers.last, last > layers else { return }
        throw OfframpError(
            .usage, at: "--depths", found: "\(last)",
            expected: "depths from 0 to \(layers), the layers of \(source.folder.path)")
    }
}
