extension Tensor {
    /// The cosine of the angle between each row and the same row of another tensor; 0 where one of
    /// them is 0.
    ///
    /// - Returns: a column, `[rows, 1]`.
    package func cosines(with other: Tensor) -> Tensor {
        let squares = (self * self).rowSums() * (other * other).rowSums()
        return (self * other).rowSums() * (-0.5 * (squares + Self.tiny).log()).exp()
    }

    /// Keeps the logarithm finite, far below what rows of hidden states give.
    private static let tiny: Float = 1e-12
}
