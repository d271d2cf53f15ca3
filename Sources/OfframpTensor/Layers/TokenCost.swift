/// The multiply-adds of one part of a model as a polynomial in the length of a text.
package struct TokenCost: Sendable, Equatable {
    /// The cost of a text of any length, such as of a head on the first token.
    package var constant: Double
    /// The cost per token, such as of linear layers.
    package var perToken: Double
    /// The cost per pair of tokens: attention.
    package var perPair: Double

    /// A polynomial with the given coefficients.
    package init(constant: Double = 0, perToken: Double = 0, perPair: Double = 0) {
        self.constant = constant
        self.perToken = perToken
        self.perPair = perPair
    }

    /// The multiply-adds for a text of the given number of tokens.
    package func callAsFunction(_ tokens: Int) -> Double {
        let tokens = Double(tokens)
        return constant + (perToken + perPair * tokens) * tokens
    }

    /// The cost of two parts together.
    package static func + (a: TokenCost, b: TokenCost) -> TokenCost {
        TokenCost(
            constant: a.constant + b.constant, perToken: a.perToken + b.perToken,
            perPair: a.perPair + b.perPair)
    }
}
