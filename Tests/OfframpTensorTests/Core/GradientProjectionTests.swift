import OfframpTensor
import Testing

/// Where two losses are at odds, one gives way.
@Suite struct GradientProjectionTests {
    /// Those of some leaves, each a product that is not multiplied out yet, as weights have them.
    private static func gradients(_ values: [[Float]]) -> Gradients {
        let losses = values.enumerated().map { leaf, values -> Tensor in
            let weight = Tensor(.matrix(1, values.count), repeating: 0).tracked(as: leaf)
            return Tensor(values, rows: 1, columns: values.count)
                .affine(weight, Tensor([0])).sum()
        }
        return losses.dropFirst().reduce(losses[0], +).gradients()
    }

    /// A gradient, the protected one, and what is left: (1, 2) against (2, -2) is (1, 2) + 2 / 8 (2, -2).
    private static let cases: [([Float], [Float], [Float])] = [
        ([1, 2], [2, -2], [1.5, 1.5]), ([-3, 4], [1, 0], [0, 4]),
        // At an acute angle, at a right one, and with nothing to protect.
        ([1, 2], [2, 2], [1, 2]), ([1, 1], [2, -2], [1, 1]), ([1, 2], [0, 0], [1, 2]),
    ]

    @Test(arguments: cases)
    func `takes away what opposes the protected gradient, and nothing else`(
        own: [Float], protected: [Float], expected: [Float]
    ) {
        var gradients = Self.gradients([own])
        let other = Self.gradients([protected])
        gradients.project([0], protecting: other)
        #expect(gradients.dense[0]?.values == expected)
        #expect(other.dense[0]?.values == protected)
    }

    @Test func `changes the leaves that are given, where both losses have a gradient`() {
        var gradients = Self.gradients([[1, 2], [1, 2]])
        gradients.project([0, 2], protecting: Self.gradients([[2, -2], [2, -2], [1, 1]]))
        #expect(gradients.dense[0]?.values == [1.5, 1.5])
        #expect(gradients.dense[1]?.values == [1, 2])
        #expect(gradients.dense.keys.sorted() == [0, 1])
    }
}
