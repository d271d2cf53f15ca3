import CZlib

/// A stream of zlib's, which must stay where it is in memory.
private typealias Stream = UnsafeMutablePointer<z_stream>

/// The base-two logarithm of the largest window, and 16 for the format of gzip.
private let gzipWindow: Int32 = 15 + 16

/// Reads gzip (RFC 1952).
final class GzipDecompressor: Decompressor {
    private let stream: Stream
    private(set) var isBetweenParts = true
    private var hasEnded = false

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = inflateInit2_(
            stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "room for a stream of zlib's")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func decompress(_ input: ArraySlice<UInt8>, appendingTo output: inout [UInt8]) throws -> Int {
        // Zeros behind the end are padding, as in archives on tape.
        if isBetweenParts, hasEnded, input.first == 0 {
            return input.prefix { $0 == 0 }.count
        }
        if isBetweenParts, input.isEmpty { return 0 }
        isBetweenParts = false
        var used = 0
        try output.append(capacity: Decompression.pieceSize) { room in
            try input.withUnsafeBufferPointer { input in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(room.count)
                try step()
                used = input.count - Int(stream.pointee.avail_in)
            }
            return room.count - Int(stream.pointee.avail_out)
        }
        return used
    }

    private func step() throws {
        switch inflate(stream, Z_NO_FLUSH) {
        // Without room or input nothing was wrong.
        case Z_OK, Z_BUF_ERROR: return
        case Z_STREAM_END:
            inflateReset(stream)
            (isBetweenParts, hasEnded) = (true, true)
        default:
            throw DamagedData(
                reason: stream.pointee.msg.map { String(cString: $0) } ?? "no valid data")
        }
    }
}

/// Writes gzip, with zlib's own level and without a time, so that equal texts give equal files.
final class GzipCompressor: Compressor {
    private let stream: Stream

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let memoryLevel: Int32 = 8
        let status = deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, memoryLevel,
            Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "room for a stream of zlib's")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func compress(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, appendingTo output: inout [UInt8]
    ) {
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(bytes.count)
        var hasRoomLeft = false
        while !hasRoomLeft {
            output.append(capacity: Decompression.pieceSize) { room in
                stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(room.count)
                _ = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                hasRoomLeft = stream.pointee.avail_out > 0
                return room.count - Int(stream.pointee.avail_out)
            }
        }
    }
}
