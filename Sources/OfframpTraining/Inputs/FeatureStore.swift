import Glibc
import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// What the heads of every exit read of a frozen backbone's states, for all texts of a set: one row
/// per text and exit. Heads that read all tokens run behind the backbone instead.
///
/// Kept in memory, or in an unnamed file where it would take more than a quarter of the memory.
///
/// Unchecked `Sendable`: `init` writes each text's rows once, from one worker; after it they are
/// only read.
package final class FeatureStore: @unchecked Sendable {
    /// Tokens of each text.
    package let lengths: [Int]
    /// Columns of the features.
    private let width: Int
    private let memory: FeatureMemory
    private let exits: Int

    /// Runs all texts through the backbone once.
    ///
    /// - Parameters:
    ///   - folder: where the file goes, if one is needed.
    ///   - largestInMemory: the most bytes that need no file; `nil` for a quarter of the memory.
    ///   - progress: called after each batch with the number of texts done, from any worker.
    /// - Throws: `OfframpError` (`io`) when there is no room for the file.
    package init(
        _ texts: [Encoding], model: EarlyExitModel, engine: Engine, folder: String,
        largestInMemory: Int? = nil, progress: @escaping @Sendable (Int) -> Void
    ) throws {
        lengths = texts.map(\.ids.count)
        exits = model.heads.count
        let pooling = model.heads.kind.pooling
        precondition(pooling != .none, "only pooled states are kept")
        width = pooling.features(width: model.backbone.configuration.width)
        memory = try FeatureMemory(
            floats: exits * texts.count * width, folder: folder,
            largest: largestInMemory ?? FeatureMemory.quarter)
        let batches = engine.cutter.cut(lengths)
        _ = engine.workers.map(batches.count) { [self] index in
            let batch = batches[index]
            var pass = ForwardPass(model, PackedBatch(batch.map { texts[$0] }))
            for exit in 0..<exits { store(pass.features(ofExit: exit), exit, batch) }
            progress(batch.count)
        }
    }

    /// The features of some texts at one exit, `[texts, features]`.
    package func features(ofExit exit: Int, texts: [Int]) -> Tensor {
        Tensor(.matrix(texts.count, width)) { values in
            for (index, text) in texts.enumerated() {
                (values + index * width).update(from: row(exit, text), count: width)
            }
        }
    }

    private func store(_ features: Tensor, _ exit: Int, _ texts: [Int]) {
        features.withValues { values in
            guard let source = values.baseAddress else { return }
            for (index, text) in texts.enumerated() {
                row(exit, text).update(from: source + index * width, count: width)
            }
        }
    }

    /// The exits of one text lie side by side, as they are read together.
    private func row(_ exit: Int, _ text: Int) -> UnsafeMutablePointer<Float> {
        memory.start + (text * exits + exit) * width
    }
}

/// A large piece of memory, backed by an unnamed file where it is very large.
private final class FeatureMemory {
    let start: UnsafeMutablePointer<Float>
    private let bytes: Int

    /// A quarter of the machine's memory, in bytes.
    static var quarter: Int { sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 4 }

    init(floats: Int, folder: String, largest: Int) throws {
        bytes = max(floats, 1) * MemoryLayout<Float>.stride
        let descriptor = bytes > largest ? try Self.unnamedFile(bytes, folder) : -1
        defer { if descriptor >= 0 { close(descriptor) } }
        let flags = descriptor >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS
        guard let mapping = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, descriptor, 0),
            mapping != MAP_FAILED
        else { throw Self.noRoom(bytes, folder, errno) }
        start = mapping.bindMemory(to: Float.self, capacity: max(floats, 1))
    }

    /// A file that disappears when it is closed; its space on disk is reserved.
    private static func unnamedFile(_ bytes: Int, _ folder: String) throws -> Int32 {
        var path = Array("\(folder)/.features.XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw noRoom(bytes, folder, errno) }
        unlink(path)
        let status = posix_fallocate(descriptor, 0, bytes)
        guard status == 0 else {
            close(descriptor)
            throw noRoom(bytes, folder, status)
        }
        return descriptor
    }

    private static func noRoom(_ bytes: Int, _ folder: String, _ status: Int32) -> OfframpError {
        .system(
            .io, at: folder, expected: "room for \(bytes >> 20) MiB of hidden states",
            code: status)
    }

    deinit { munmap(start, bytes) }
}
