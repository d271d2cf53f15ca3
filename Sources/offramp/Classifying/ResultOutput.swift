import OfframpData
import OfframpFiles

/// Where labelled rows go: a file that appears when it is complete, or parts that a later run can go on from.
struct ResultOutput: ~Copyable {
    /// Opens a file for results.
    typealias Opening = (_ path: String, _ hasHeader: Bool) throws -> ResultWriter

    private let open: Opening
    private var writer: ResultWriter?
    private var parts: ResumableParts?
    private let isInParts: Bool
    /// How many parts are complete, those of earlier runs included.
    private var completedParts: Int
    /// Rows of the part that is being written.
    private var rows = 0

    /// So many rows are lost at most when a run is interrupted.
    private static let rowsOfPart = 16_384

    /// One file.
    init(_ path: String, _ open: @escaping Opening) throws {
        writer = try open(path, true)
        self.open = open
        (isInParts, completedParts) = (false, 0)
        parts = nil
    }

    /// Parts.
    init(_ parts: consuming ResumableParts, _ open: @escaping Opening) {
        self.open = open
        (isInParts, completedParts) = (true, parts.count)
        self.parts = consume parts
        writer = nil
    }

    /// How many rows are in complete parts.
    var completedRows: Int { completedParts * Self.rowsOfPart }

    /// Writes a row.
    ///
    /// - Parameter body: what is written of it, if anything.
    mutating func row(_ body: (inout ResultWriter) throws -> Void) throws {
        var writer = try takeWriter()
        try body(&writer)
        rows += 1
        if isInParts, rows == Self.rowsOfPart {
            try complete(writer)
        } else {
            self.writer = consume writer
        }
    }

    /// Writes what is buffered, so that the reader of a pipe sees it now.
    mutating func flush() throws {
        guard var writer = writer.take() else { return }
        try writer.flush()
        self.writer = consume writer
    }

    /// Gives the output its name.
    mutating func finish() throws {
        if rows > 0 || completedParts == 0 {
            // A table without rows has a header all the same.
            let writer = try takeWriter()
            guard isInParts else { return try writer.finish() }
            try complete(writer)
        }
        guard let parts = parts.take() else { return }
        try parts.finish()
    }

    private mutating func takeWriter() throws -> ResultWriter {
        if let writer = writer.take() { return writer }
        guard let parts = parts.take() else { preconditionFailure("one file has its writer") }
        let path = parts.nextPath
        self.parts = consume parts
        return try open(path, completedParts == 0)
    }

    private mutating func complete(_ writer: consuming ResultWriter) throws {
        try writer.finish()
        guard var parts = parts.take() else { return }
        parts.addPart()
        self.parts = consume parts
        completedParts += 1
        rows = 0
    }
}
