import OfframpFiles
import OfframpTensor

/// How much one `safetensors` file holds.
struct WeightFigures {
    /// Numbers that were learned; the scales of rows do not count.
    let parameters: Int
    /// Bytes of the file.
    let bytes: Int
    /// The types that occur, the most frequent first.
    let types: [ElementType]

    /// Reads a file's header.
    init(_ path: String) throws {
        let tensors = try SafetensorsFile(path: path).tensors
        parameters = tensors.reduce(0) { $0 + $1.count }
        bytes = try MappedFile(path: path).bytes.count
        let counts = tensors.reduce(into: [ElementType: Int]()) {
            $0[$1.type, default: 0] += $1.count
        }
        types = counts.sorted { $0.value > $1.value }.map(\.key)
    }
}
