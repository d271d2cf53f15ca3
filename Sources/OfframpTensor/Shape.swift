/// The shape of a tensor: a vector or a matrix. Packed batches need no higher rank.
public struct Shape: Sendable, Equatable {
    /// Rows; 1 for a vector.
    public let rows: Int
    /// Columns; the length of a vector.
    public let columns: Int
    /// 1 for a vector, 2 for a matrix: a vector is stored with one dimension.
    public let rank: Int

    /// The shape `[count]`.
    public static func vector(_ count: Int) -> Shape { Shape(rows: 1, columns: count, rank: 1) }

    /// The shape `[rows, columns]`.
    public static func matrix(_ rows: Int, _ columns: Int) -> Shape {
        Shape(rows: rows, columns: columns, rank: 2)
    }

    /// The number of elements.
    public var count: Int { rows * columns }

    /// The dimensions as a file lists them.
    public var dimensions: [Int] { rank == 1 ? [columns] : [rows, columns] }
}

extension Shape: CustomStringConvertible {
    /// The dimensions in brackets, `[tokens, width]` for example.
    public var description: String { "\(dimensions)" }
}
