import OfframpEngine
import OfframpFiles
import OfframpTensor

/// How much weights hold, and how they are stored.
struct WeightFigures {
    /// How many numbers were learned; the scales of rows do not count.
    let parameters: Int
    /// Bytes of the files.
    let bytes: Int
    /// The types that occur, the most frequent first.
    let types: [ElementType]

    /// Of one `safetensors` file, by its header.
    init(_ path: String) throws {
        try self.init(
            SafetensorsFile(path: path).tensors, bytes: MappedFile(path: path).bytes.count)
    }

    /// Of some tensors that take so many bytes.
    init(_ tensors: [StoredTensor], bytes: Int) {
        parameters = tensors.reduce(0) { $0 + $1.count }
        self.bytes = bytes
        let counts = tensors.reduce(into: [ElementType: Int]()) {
            $0[$1.type, default: 0] += $1.count
        }
        types = counts.sorted { $0.value > $1.value }.map(\.key)
    }
}

extension WeightFigures {
    /// What programs read.
    var figures: [Figure] {
        [
            Figure("parameters", .count(parameters)), Figure("bytes", .count(bytes)),
            Figure("types", .names(types.map(\.rawValue))),
        ]
    }

    /// The types in words.
    var typeNames: String { types.map(\.rawValue).joined(separator: ", ") }

    /// The bytes in a fitting unit.
    var size: String {
        bytes < 1_000_000
            ? "\((bytes + 999) / 1000) kB" : (Double(bytes) / 1e6).text(decimals: 1) + " MB"
    }
}
