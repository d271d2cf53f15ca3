import Glibc
import OfframpFiles

/// Collects tensors and writes them as one `safetensors` file.
package struct SafetensorsWriter {
    struct Entry {
        let name: String
        let type: ElementType
        let dimensions: [Int]
        let content: Content

        /// Bytes in the file.
        var size: Int { dimensions.reduce(type.size, *) }

        /// The header's member of a tensor whose data begin at an offset.
        func member(from offset: Int) -> JSON.Member {
            JSON.Member(
                name,
                [
                    "dtype": .string(type.rawValue),
                    "shape": .array(dimensions.map { .number($0) }),
                    "data_offsets": [.number(offset), .number(offset + size)],
                ])
        }
    }

    enum Content {
        /// Written without a copy: a training state would not fit into memory twice.
        case floats(Tensor)
        case stored(StoredTensor)
        case bytes([UInt8])

        func write(to sink: inout some ByteSink & ~Copyable) throws {
            switch self {
            case .floats(let tensor):
                try tensor.withValues { try sink.write(UnsafeRawBufferPointer($0)) }
            case .stored(let stored):
                try withExtendedLifetime(stored) { try sink.write(stored.bytes) }
            case .bytes(let bytes): try bytes.withUnsafeBytes { try sink.write($0) }
            }
        }
    }

    var entries: [Entry] = []
    private var refusals: [OfframpError] = []
    /// Texts to write beside the tensors.
    package var metadata: [(key: String, text: String)] = []

    /// A file without tensors so far.
    package init() {}

    /// Adds a tensor in one of the float formats, or a matrix as `I8` rows with their scales.
    ///
    /// A vector requested as `I8` is stored as `F32`: it has no rows to scale and little size to
    /// save.
    package mutating func add(_ name: String, _ tensor: Tensor, as type: ElementType = .float32) {
        let wrong = tensor.withValues { values in
            values.firstIndex { !type.holds($0) }.map { "\(values[$0]) at element \($0)" }
        }
        if let wrong {
            refuse(name, wrong, "numbers that \(type.rawValue) holds")
            return
        }
        let dimensions = tensor.shape.dimensions
        switch type {
        case .int8 where tensor.shape.rank == 2: addQuantized(name, tensor)
        case .float16: append(name, type, dimensions, tensor.withValues { $0.map { Float16($0) } })
        case .bfloat16:
            append(name, type, dimensions, tensor.withValues { $0.map(\.bfloat16Bits) })
        default:
            entries.append(
                Entry(
                    name: name, type: .float32, dimensions: dimensions, content: .floats(tensor)))
        }
    }

    /// Adds a vector of whole numbers, as `I32`.
    package mutating func add(_ name: String, _ integers: [Int32]) {
        append(name, .int32, [integers.count], integers)
    }

    /// Writes the file, atomically.
    ///
    /// - Throws: `OfframpError`: `data` if a number is not finite in its format, as no reader would
    ///   accept it; `usage` if the file exists and `overwriting` is false; `io`.
    package func write(to path: String, overwriting: Bool) throws {
        if let refusal = refusals.first { throw refusal }
        var file = try OutputFile(path: path, overwriting: overwriting)
        try write(to: &file)
        try file.commit()
    }

    /// The bytes that the file would have.
    ///
    /// - Throws: `OfframpError` (`data`) if a number is not finite in its format.
    package func bytes() throws -> [UInt8] {
        if let refusal = refusals.first { throw refusal }
        var bytes = ByteList()
        try write(to: &bytes)
        return bytes.bytes
    }

    private func write(to sink: inout some ByteSink & ~Copyable) throws {
        // Wide elements first, so that every tensor is aligned to its elements.
        let entries = entries.sorted { ($1.type.size, $0.name) < ($0.type.size, $1.name) }
        try writeHeader(of: entries, to: &sink)
        for entry in entries { try entry.content.write(to: &sink) }
    }

    /// Writes the header's length and the header, filled up with blanks so that the data lie at a
    /// multiple of 64 bytes: a mapped tensor can then be used in place.
    private func writeHeader(
        of entries: [Entry], to sink: inout some ByteSink & ~Copyable
    ) throws {
        var header = JSON.object([notes] + Self.members(entries)).text()
        let prefix = MemoryLayout<UInt64>.size
        header += String(repeating: " ", count: (64 - (header.utf8.count + prefix) % 64) % 64)
        var length = UInt64(header.utf8.count).littleEndian
        try withUnsafeBytes(of: &length) { try sink.write($0) }
        try header.withUTF8 { try sink.write(UnsafeRawBufferPointer($0)) }
    }

    /// The metadata, and what Hugging Face's readers ask for.
    private var notes: JSON.Member {
        let notes = [("format", "pt")] + metadata
        return JSON.Member(
            SafetensorsHeader.metadataKey,
            .object(notes.map { JSON.Member($0.0, .string($0.1)) }))
    }

    /// The header's members of tensors that follow each other without gaps.
    private static func members(_ entries: [Entry]) -> [JSON.Member] {
        var offset = 0
        return entries.map { entry in
            defer { offset += entry.size }
            return entry.member(from: offset)
        }
    }

    private mutating func addQuantized(_ name: String, _ tensor: Tensor) {
        let quantized = RowCodes(tensor)
        append(name, .int8, tensor.shape.dimensions, quantized.codes)
        append(name + StoredTensor.scaleSuffix, .float32, [tensor.rows], quantized.scales)
    }

    private mutating func refuse(_ name: String, _ found: String, _ expected: String) {
        refusals.append(
            OfframpError(.data, at: "tensor \"\(name)\"", found: found, expected: expected))
    }

    mutating func append<Element: BitwiseCopyable>(
        _ name: String, _ type: ElementType, _ dimensions: [Int], _ values: [Element]
    ) {
        entries.append(
            Entry(
                name: name, type: type, dimensions: dimensions,
                content: .bytes(values.withUnsafeBytes { Array($0) })))
    }
}

extension ElementType {
    /// Whether a number stays finite in this format.
    fileprivate func holds(_ value: Float) -> Bool {
        switch self {
        case .float16: Float16(value).isFinite
        case .bfloat16: Float(bfloat16Bits: value.bfloat16Bits).isFinite
        default: value.isFinite
        }
    }
}
