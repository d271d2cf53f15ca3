import ArgumentParser

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
