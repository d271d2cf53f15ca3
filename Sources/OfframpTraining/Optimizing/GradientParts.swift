import COfframpKernels
import OfframpTensor

/// Tensors of one shape whose sum is needed only block by block: a whole sum would be one more
/// gradient to write to memory and to read from there.
struct GradientParts: Sendable {
    private let parts: [Tensor]
    /// Elements of the sum.
    let count: Int

    /// Elements of a block, which stays in the first cache.
    private static let blockSize = 2048

    /// At least one part.
    init(_ parts: [Tensor]) {
        self.parts = parts
        count = parts[0].shape.count
    }

    /// Of all elements of the sum.
    var sumOfSquares: Double {
        var sum = 0.0
        forEachBlock(in: 0..<count) { sum += offramp_sum_of_squares($0.count, $1) }
        return sum
    }

    /// Hands out the sum from the first element of the range on, block by block.
    func forEachBlock(
        in range: Range<Int>, _ body: (_ block: Range<Int>, _ sum: UnsafePointer<Float>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.blockSize) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockSize) {
                let block = start..<min(start + Self.blockSize, range.upperBound)
                withExtendedLifetime(parts) { body(block, sum(block, scratch)) }
            }
        }
    }

    private func sum(
        _ block: Range<Int>, _ scratch: UnsafeMutablePointer<Float>
    ) -> UnsafePointer<Float> {
        guard parts.count > 1 else { return parts[0].pointer + block.lowerBound }
        offramp_add(
            block.count, parts[0].pointer + block.lowerBound, parts[1].pointer + block.lowerBound,
            scratch)
        for part in parts.dropFirst(2) {
            offramp_add(block.count, scratch, part.pointer + block.lowerBound, scratch)
        }
        return UnsafePointer(scratch)
    }
}
