import OfframpFiles

/// The columns of a file, by its first record.
struct Header {
    let names: [String]
    let roles: ColumnRoles
    /// Whether the record is a header line, not data.
    let isHeaderLine: Bool

    init(_ record: Record, _ format: DataFormat, choice: ColumnChoice, place: String) throws {
        switch record.content {
        case .members(let members):
            names = members.map(\.key)
            isHeaderLine = false
            roles = try ColumnRoles(names, choice: choice.byName, place: place)
        case .tagged:
            (names, isHeaderLine) = (["text", "label"], false)
            roles = try ColumnRoles(names, choice: choice, place: place)
        case .cells where format == .text:
            (names, isHeaderLine) = (["text"], false)
            roles = try ColumnRoles(names, choice: choice, place: place)
        case .cells(let cells) where choice.isByNumber:
            (names, isHeaderLine) = (Self.numbered(cells.count), false)
            roles = try ColumnRoles(names, choice: choice, place: place)
        case .cells(let cells):
            if let fault = record.fault { throw fault }
            let fields = cells.map { $0 ?? "" }
            let isCoLA = format == .tsv && ColumnRoles.isCoLA(fields)
            (names, isHeaderLine) = (isCoLA ? ColumnRoles.cola : Self.named(fields), !isCoLA)
            roles = try ColumnRoles(names, choice: choice, place: place)
            try Self.refuseDuplicates(names: names, place: place)
        }
    }

    /// What a user should know who chose columns by number: that the first row looks like a header.
    static func note(_ record: Record, choice: ColumnChoice, place: String) -> String? {
        guard choice.isByNumber, case .cells(let cells) = record.content else { return nil }
        let names = cells.map { $0 ?? "" }
        guard ColumnRoles.looksLikeHeader(names) else { return nil }
        let shown = names.prefix(8).joined(separator: ", ")
        return "\(place): read as a row, but it looks like a header: \(shown); "
            + "columns by name leave it out"
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
