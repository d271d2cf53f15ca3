/// The shape of a tensor: a vector or a matrix. Packed batches need no higher rank.
package struct Shape: Sendable, Equatable {
    /// Rows; 1 for a vector.
    package let rows: Int
    /// Columns; the length of a vector.
    package let columns: Int
    /// 1 for a vector, 2 for a matrix: a vector is stored with one dimension.
    package let rank: Int

    /// The shape `[count]`.
    package static func vector(_ count: Int) -> Shape { Shape(rows: 1, columns: count, rank: 1) }

    /// The shape `[rows, columns]`.
    package static func matrix(_ rows: Int, _ columns: Int) -> Shape {
        Shape(rows: rows, columns: columns, rank: 2)
    }

    /// The number of elements.
    package var count: Int { rows * columns }

    /// The dimensions as a file lists them.
    package var dimensions: [Int] { rank == 1 ? [columns] : [rows, columns] }
}

extension Shape: CustomStringConvertible {
    /// The dimensions in brackets, `[tokens, width]` for example.
    package var description: String { "\(dimensions)" }
}
