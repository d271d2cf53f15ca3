import OfframpFiles

/// The table of contents of a `safetensors` file, checked strictly before anything is read.
///
/// Eight bytes give the length of a JSON object that maps names to type, shape and byte range; the
/// data follow. The ranges must cover the data without gap or overlap.
struct SafetensorsHeader {
    /// One tensor's place in the file.
    struct Entry: Equatable {
        let type: ElementType
        let dimensions: [Int]
        /// Bytes from the start of the file.
        let bytes: Range<Int>
    }

    /// As Hugging Face's own reader: longer headers are an attack, not a model.
    static let maximumLength = 100_000_000
    static let metadataKey = "__metadata__"
    private static let prefixLength = 8

    private(set) var entries: [String: Entry] = [:]
    /// Texts beside the tensors.
    private(set) var metadata: [String: String] = [:]

    init(parsing bytes: UnsafeRawBufferPointer, of path: String) throws {
        let dataStart = try Self.dataStart(bytes, path)
        let header = try JSON(
            parsing: UnsafeRawBufferPointer(rebasing: bytes[Self.prefixLength..<dataStart]),
            from: "\(path): header")
        guard let members = header.members else {
            throw OfframpError(
                .data, at: "\(path): header", found: "JSON that is no object",
                expected: "an object of tensors")
        }
        for note in header[Self.metadataKey]?.members ?? [] {
            metadata[note.key] = note.value.string
        }
        for member in members where member.key != Self.metadataKey {
            let place = "\(path): tensor \"\(member.key)\""
            entries[member.key] = try Self.entry(member.value, at: place, dataStart: dataStart)
        }
        try checkCoverage(dataStart..<bytes.count, path)
    }

    private static func dataStart(_ bytes: UnsafeRawBufferPointer, _ path: String) throws -> Int {
        guard bytes.count >= prefixLength else {
            throw OfframpError(
                .data, at: path, found: "\(bytes.count) bytes", expected: "a safetensors header")
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length >= 2, length <= maximumLength, length <= bytes.count - prefixLength else {
            throw OfframpError(
                .data, at: path, found: "a header of \(length) bytes",
                expected: "2 to \(min(maximumLength, bytes.count - prefixLength)) bytes")
        }
        return prefixLength + Int(length)
    }

    private static func entry(_ json: JSON, at place: String, dataStart: Int) throws -> Entry {
        func refusal(_ found: String, _ expected: String) -> OfframpError {
            OfframpError(.data, at: place, found: found, expected: expected)
        }
        guard json.members?.count == 3, let typeName = json["dtype"]?.string,
            let shape = json["shape"]?.elements, let offsets = json["data_offsets"]?.elements
        else { throw refusal("another form", "dtype, shape and data_offsets") }
        guard let type = ElementType(rawValue: typeName) else {
            let known = ElementType.allCases.map(\.rawValue).joined(separator: ", ")
            throw refusal("dtype \(typeName)", "one of \(known)")
        }
        let dimensions = shape.compactMap(\.int)
        guard dimensions.count == shape.count, dimensions.allSatisfy({ $0 >= 0 }) else {
            throw refusal("shape \(json["shape"]?.text() ?? "")", "whole numbers from 0")
        }
        let ends = offsets.compactMap(\.int)
        guard ends.count == 2, offsets.count == 2, ends[0] >= 0, ends[0] <= ends[1],
            ends[1] <= Int.max - dataStart
        else {
            throw refusal(
                "data_offsets \(json["data_offsets"]?.text() ?? "")", "a range [begin, end]")
        }
        let size = try dimensions.reduce(type.size) { product, dimension in
            let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
            guard !overflow else {
                throw refusal("shape \(dimensions)", "a product that fits 64 bits")
            }
            return next
        }
        guard ends[1] - ends[0] == size else {
            throw refusal(
                "\(ends[1] - ends[0]) bytes", "\(size) bytes for \(typeName) \(dimensions)")
        }
        return Entry(
            type: type, dimensions: dimensions, bytes: dataStart + ends[0]..<dataStart + ends[1])
    }

    private func checkCoverage(_ data: Range<Int>, _ path: String) throws {
        var end = data.lowerBound
        let ordered = entries.sorted {
            ($0.value.bytes.lowerBound, $0.value.bytes.upperBound, $0.key)
                < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound, $1.key)
        }
        for (name, entry) in ordered {
            guard entry.bytes.lowerBound == end else {
                throw OfframpError(
                    .data, at: "\(path): tensor \"\(name)\"",
                    found: "data from byte \(entry.bytes.lowerBound - data.lowerBound)",
                    expected: "from byte \(end - data.lowerBound), without gap or overlap")
            }
            end = entry.bytes.upperBound
        }
        guard end == data.upperBound else {
            throw OfframpError(
                .data, at: path, found: "\(data.count) bytes of data",
                expected: "the \(end - data.lowerBound) bytes that the header describes")
        }
    }
}
