import OfframpFiles

/// The table of contents of a `safetensors` file, checked strictly before anything is read.
///
/// Eight bytes give the length of a JSON object that maps names to type, shape and byte range. The
/// data follow, covered by the ranges without gap or overlap.
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
        let members = try JSONReader(header, at: "\(path): header")
            .members("an object of tensors")
        for note in header[Self.metadataKey]?.members ?? [] {
            metadata[note.key] = note.value.string
        }
        for (name, value) in members where name != Self.metadataKey {
            let tensor = JSONReader(value.json, at: "\(path): tensor \"\(name)\"")
            entries[name] = try Entry(tensor, dataStart: dataStart)
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

extension SafetensorsHeader.Entry {
    fileprivate init(_ tensor: JSONReader, dataStart: Int) throws {
        try tensor.requireKeys(among: ["dtype", "shape", "data_offsets"])
        type = try tensor["dtype"].choice()
        dimensions = try tensor["shape"].ints("whole numbers from 0") { $0.allSatisfy { $0 >= 0 } }
        let ends = try tensor["data_offsets"].ints("a range [begin, end]") { ends in
            ends.count == 2 && ends[0] >= 0 && ends[0] <= ends[1] && ends[1] <= .max - dataStart
        }
        bytes = dataStart + ends[0]..<dataStart + ends[1]
        try checkSize(tensor)
    }

    /// The bytes of all elements; `nil` where their number does not fit 64 bits.
    private var size: Int? {
        dimensions.reduce(type.size) { product, dimension in
            guard let (next, overflow) = product?.multipliedReportingOverflow(by: dimension),
                !overflow
            else { return nil }
            return next
        }
    }

    private func checkSize(_ tensor: JSONReader) throws {
        guard let size else {
            throw tensor["shape"].error(expected: "a product that fits 64 bits")
        }
        guard bytes.count != size else { return }
        throw tensor.error(
            found: "\(bytes.count) bytes",
            expected: "\(size) bytes for \(type.rawValue) \(dimensions)")
    }
}
