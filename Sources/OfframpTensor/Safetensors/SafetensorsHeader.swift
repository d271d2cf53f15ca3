import OfframpFiles

/// The table of contents of a `safetensors` file, checked strictly before anything is read.
///
/// Eight bytes give the length of a JSON object that maps names to type, shape and byte range; the
/// data follow. The ranges must cover the data without gap or overlap.
struct SafetensorsHeader {
    /// The form of one tensor and its place in the file.
    struct Entry: Equatable {
        let type: ElementType
        let dimensions: [Int]
        /// Bytes from the start of the file.
        let bytes: Range<Int>
    }

    /// The limit of Hugging Face's own reader.
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
        guard json.members?.count == 3, let typeName = json["dtype"]?.string,
            let shape = json["shape"], let offsets = json["data_offsets"],
            shape.elements != nil, offsets.elements != nil
        else { throw refusal(place, "another form", "dtype, shape and data_offsets") }
        guard let type = ElementType(rawValue: typeName) else {
            let known = ElementType.allCases.map(\.rawValue).joined(separator: ", ")
            throw refusal(place, "dtype \(typeName)", "one of \(known)")
        }
        let dimensions = try dimensions(shape, at: place)
        let bytes = try range(offsets, from: dataStart, at: place)
        let size = try size(dimensions, of: type, at: place)
        guard bytes.count == size else {
            throw refusal(
                place, "\(bytes.count) bytes", "\(size) bytes for \(typeName) \(dimensions)")
        }
        return Entry(type: type, dimensions: dimensions, bytes: bytes)
    }

    private static func dimensions(_ json: JSON, at place: String) throws -> [Int] {
        let elements = json.elements ?? []
        let dimensions = elements.compactMap(\.int)
        guard dimensions.count == elements.count, dimensions.allSatisfy({ $0 >= 0 }) else {
            throw refusal(place, "shape \(json.text())", "whole numbers from 0")
        }
        return dimensions
    }

    private static func range(
        _ json: JSON, from dataStart: Int, at place: String
    ) throws -> Range<Int> {
        let ends = json.elements?.compactMap(\.int) ?? []
        guard ends.count == 2, json.elements?.count == 2, ends[0] >= 0, ends[0] <= ends[1],
            ends[1] <= Int.max - dataStart
        else { throw refusal(place, "data_offsets \(json.text())", "a range [begin, end]") }
        return dataStart + ends[0]..<dataStart + ends[1]
    }

    private static func size(
        _ dimensions: [Int], of type: ElementType, at place: String
    ) throws -> Int {
        try dimensions.reduce(type.size) { product, dimension in
            let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
            guard !overflow else {
                throw refusal(place, "shape \(dimensions)", "a product that fits 64 bits")
            }
            return next
        }
    }

    private static func refusal(
        _ place: String, _ found: String, _ expected: String
    ) -> OfframpError {
        OfframpError(.data, at: place, found: found, expected: expected)
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
