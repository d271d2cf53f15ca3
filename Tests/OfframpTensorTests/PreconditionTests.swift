import OfframpTensor
import Testing

/// Reading or writing past a tensor's end would corrupt memory, so the process stops instead.
@Suite struct PreconditionTests {
    @Test func `a label beyond the columns`() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor([1, 2, 3], rows: 1, columns: 3).crossEntropy([3])
        }
    }

    @Test func `an id beyond the table`() async {
        await #expect(processExitsWith: .failure) {
            let table = WeightMatrix.float32(Tensor([1, 2, 3], rows: 3, columns: 1))
            _ = TableReading([0, 3], of: table)
        }
    }

    @Test func `a negative id`() async {
        await #expect(processExitsWith: .failure) {
            let table = WeightMatrix.float32(Tensor([1, 2, 3], rows: 3, columns: 1))
            _ = TableReading([-1], of: table)
        }
    }

    @Test func `a row beyond the rows`() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor([1, 2, 3], rows: 3, columns: 1).gathering(rows: [3])
        }
    }

    @Test func `ranges of more tokens than there are`() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor([1, 2, 3], rows: 3, columns: 1).meanMax(TextRanges(lengths: [2, 2]))
        }
        await #expect(processExitsWith: .failure) {
            var dropout = Dropout.none
            let texts = TextRanges(lengths: [2])
            _ = Tensor([1, 2, 3], rows: 1, columns: 3)
                .selfAttention(texts, heads: 1, dropout: &dropout)
        }
    }

    @Test func `shapes that do not fit each other`() async {
        await #expect(processExitsWith: .failure) { _ = Tensor([1, 2]) + Tensor([1, 2, 3]) }
        await #expect(processExitsWith: .failure) {
            let matrix = Tensor([1, 2, 3, 4], rows: 2, columns: 2)
            _ = matrix.affine(matrix, Tensor([1, 2, 3]))
        }
    }

    @Test func `a column beyond the columns`() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor([1, 2, 3], rows: 1, columns: 3)[columns: 2..<4]
        }
    }

    @Test func `a row or column of another length than the matrix has`() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor([1, 2, 3, 4], rows: 2, columns: 2).adding(row: Tensor([1, 2, 3]))
        }
        await #expect(processExitsWith: .failure) {
            _ = Tensor([1, 2, 3, 4], rows: 2, columns: 2).multiplied(byColumn: Tensor([1]))
        }
    }

    @Test func `a text of no rows`() async {
        await #expect(processExitsWith: .failure) { _ = TextRanges(lengths: [1, 0]) }
    }
}
