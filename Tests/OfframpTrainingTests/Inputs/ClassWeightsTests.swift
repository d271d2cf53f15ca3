import Glibc
import OfframpExit
import OfframpTensor
import OfframpTraining
import TestFiles
import Testing

@Suite struct ClassWeightsTests {
    private let folder = TemporaryFolder()
    private let task = ModelTask.classification(["a", "b", "c"])
    private let targets = Targets(.labels([0, 0, 0, 1, 1, 2]))
    private let logits = Tensor((0..<18).map { sin(Float($0)) }, rows: 6, columns: 3)

    /// The mean over the rows of weight times cross-entropy.
    private func expected(_ weights: [Float]) -> Float {
        let losses = targets.gold.labels.enumerated().map { row, label in
            let row = logits.row(row)
            return weights[label] * (log(row.reduce(0) { $0 + exp($1) }) - row[label])
        }
        return losses.reduce(0, +) / 6
    }

    @Test func `balanced: every label counts the same, and rows count 1 on average`() throws {
        let loss = try targets.weighted(by: .balanced, in: task).loss(logits).scalar
        #expect(abs(loss - expected([2.0 / 3, 1, 2])) < 1e-6)
    }

    @Test func `given: as the file says`() throws {
        let file = folder.file("w.json", #"{"c": 3, "a": 0.5, "b": 1}"#)
        let weights = try ClassWeights(file)
        let loss = try targets.weighted(by: weights, in: task).loss(logits).scalar
        #expect(abs(loss - expected([0.5, 1, 3])) < 1e-6)
    }

    @Test func `equal: targets stay as they are`() throws {
        #expect(try targets.weighted(by: .equal, in: task).softened == nil)
    }

    @Test(arguments: [#"{"a": 1, "b": 1}"#, #"{"a": 1, "b": 1, "c": 1, "d": 1}"#])
    func `names must be those of the labels`(content: String) throws {
        let weights = try ClassWeights(folder.file("w.json", content))
        let error = failure { try targets.weighted(by: weights, in: task) }
        #expect(error?.kind == .data)
        #expect(error?.expected.contains("[\"a\", \"b\", \"c\"]") ?? false)
    }

    @Test(arguments: [#"{"a": 0}"#, #"{"a": -1}"#, #"{"a": "x"}"#, "[1, 2]"])
    func `weights are positive numbers`(content: String) throws {
        let error = failure { try ClassWeights(folder.file("w.json", content)) }
        #expect(error?.kind == .data)
    }

    @Test func `other tasks are refused`() {
        let error = failure {
            try Targets(.values([1, 2])).weighted(by: .balanced, in: .regression)
        }
        #expect(error?.kind == .usage)
    }
}
