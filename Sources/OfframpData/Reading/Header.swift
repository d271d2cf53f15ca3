import OfframpFiles

/// The columns of a file, by its first record.
struct Header {
    let names: [String]
    let roles: ColumnRoles
    /// Whether the record is a header line, not data.
    let isHeaderLine: Bool

    init(_ record: Record, format: DataFormat, choice: ColumnChoice, place: String) throws {
        switch record {
        case .object(let members):
            names = members.map(\.key)
            isHeaderLine = false
            roles = try ColumnRoles(names, choice: choice.byName, place: place)
        case .fields where format == .text:
            (names, isHeaderLine) = (["text"], false)
            roles = try ColumnRoles(names, choice: choice, place: place)
        case .fields(let fields) where choice.isByNumber:
            (names, isHeaderLine) = (Self.numbered(fields.count), false)
            roles = try ColumnRoles(names, choice: choice, place: place)
        case .fields(let fields):
            let names = Self.named(fields)
            let isCoLA = format == .tsv && ColumnRoles.isCoLA(fields)
            (self.names, isHeaderLine) = isCoLA ? (ColumnRoles.cola, false) : (names, true)
            roles = try ColumnRoles(self.names, choice: choice, place: place)
            try Self.refuseDuplicates(names: self.names, place: place)
        }
    }

    private static func numbered(_ count: Int) -> [String] { (1...count).map { "column\($0)" } }

    /// The header's names; a column without one, such as the index in pandas, gets its number.
    private static func named(_ fields: [String]) -> [String] {
        zip(fields, numbered(fields.count)).map { $0.isEmpty ? $1 : $0 }
    }

    private static func refuseDuplicates(names: [String], place: String) throws {
        var seen: Set<String> = []
        guard let double = names.first(where: { !seen.insert($0).inserted }) else { return }
        throw OfframpError(
            .data, at: place, found: "the column \(quoted(double)) twice",
            expected: "columns with different names")
    }
}
