import OfframpFiles
import OfframpTokenizer

/// Writes encodings, one per line: their ids or their pieces, separated by blanks.
struct PieceWriter: ~Copyable {
    private var output: OutputFile
    private let tokenizer: Tokenizer?
    private var line: [UInt8] = []

    /// Writes pieces where there is a tokenizer to name them, otherwise ids.
    init(output: consuming OutputFile, pieces tokenizer: Tokenizer?) {
        self.output = output
        self.tokenizer = tokenizer
    }

    /// Writes one line.
    mutating func write(_ encoding: Encoding) throws {
        line.removeAll(keepingCapacity: true)
        let writesIDs = tokenizer == nil
        for id in encoding.ids {
            if !line.isEmpty { line.append(UInt8(ascii: " ")) }
            if writesIDs { append(id) } else { append(pieceOf: id) }
        }
        line.append(UInt8(ascii: "\n"))
        try line.withUnsafeBytes { try output.write($0) }
    }

    /// Writes what is buffered.
    mutating func flush() throws { try output.flush() }

    /// Ends the output.
    consuming func finish() throws { try output.commit() }

    private mutating func append(pieceOf id: Int32) {
        if let tokenizer { line += tokenizer.piece(id).utf8 }
    }

    /// Appends decimal digits without making a `String`.
    private mutating func append(_ id: Int32) {
        let start = line.count
        var rest = id
        repeat {
            line.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        line[start...].reverse()
    }
}
