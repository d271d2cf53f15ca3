import CZstd

/// Reads Zstandard (RFC 8878).
final class ZstdDecompressor: Decompressor {
    private let context: OpaquePointer
    private(set) var isBetweenParts = true

    init() {
        guard let context = ZSTD_createDCtx() else {
            preconditionFailure("room for a stream of libzstd's")
        }
        self.context = context
    }

    deinit { ZSTD_freeDCtx(context) }

    func decompress(_ input: ArraySlice<UInt8>, appendingTo output: inout [UInt8]) throws -> Int {
        if isBetweenParts, input.isEmpty { return 0 }
        var used = 0
        try output.append(capacity: Decompression.pieceSize) { room in
            try input.withUnsafeBytes { input in
                var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
                var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                let rest = ZSTD_decompressStream(context, &target, &source)
                guard ZSTD_isError(rest) == 0 else {
                    throw DamagedData(reason: String(cString: ZSTD_getErrorName(rest)))
                }
                isBetweenParts = rest == 0
                used = source.pos
                return target.pos
            }
        }
        return used
    }
}

/// Writes Zstandard with libzstd's own level and a checksum.
final class ZstdCompressor: Compressor {
    private let context: OpaquePointer

    init() {
        guard let context = ZSTD_createCCtx() else {
            preconditionFailure("room for a stream of libzstd's")
        }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit { ZSTD_freeCCtx(context) }

    func compress(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, appendingTo output: inout [UInt8]
    ) {
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var isDone = false
        while !isDone {
            output.append(capacity: Decompression.pieceSize) { room in
                var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                let rest = ZSTD_compressStream2(
                    context, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
                precondition(ZSTD_isError(rest) == 0, "room to compress in")
                isDone = isLast ? rest == 0 : source.pos == source.size
                return target.pos
            }
        }
    }
}
