import OfframpFiles

/// The names of the input's columns in the output.
struct OutputNames {
    /// The input's names for the columns of a table.
    private let inputs: [String]
    /// The names that mean the model's answer: also those that are usual and left out.
    private let taken: Set<String>

    init(_ columns: [String], added: [AddedColumn]) {
        inputs = columns
        taken = Set((AddedColumn.usual + added).map(\.rawValue))
    }

    /// The output's names of the input's columns.
    var columns: [String] { inputs.map(outputName) }

    /// `input_<name>` when the name is one of the added columns', or would become so.
    func outputName(_ name: String) -> String {
        var plain = name[...]
        while plain.hasPrefix("input_") { plain = plain.dropFirst("input_".count) }
        return taken.contains(String(plain)) ? "input_" + name : name
    }

    /// A row's values by the table's columns, and the names of fields that have no column: JSON
    /// objects may have other keys than the first one, and files other columns.
    func cells(_ fields: [JSON.Member]) -> (cells: [JSON], lost: [String]) {
        if fields.count == inputs.count, zip(fields, inputs).allSatisfy({ $0.key == $1 }) {
            return (fields.map(\.value), [])
        }
        let lost = fields.map(\.key).filter { !inputs.contains($0) }
        let cells = inputs.map { name in fields.first { $0.key == name }?.value ?? .null }
        return (cells, lost)
    }
}
