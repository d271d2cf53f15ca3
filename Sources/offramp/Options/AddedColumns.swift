import ArgumentParser
import OfframpData

/// Reads what `--columns` takes.
enum AddedColumns {
    static let names = AddedColumn.allCases.map(\.rawValue).joined(separator: ",")

    /// Columns by their names, with commas between them.
    static func parsed(_ text: String) throws -> [AddedColumn] {
        let columns = try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            guard let column = AddedColumn(rawValue: String(name)) else {
                throw ValidationError("expected some of \(names), found \"\(name)\"")
            }
            return column
        }
        guard Set(columns).count == columns.count else {
            throw ValidationError("a column is named twice")
        }
        return columns
    }
}
