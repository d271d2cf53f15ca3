/// The multiply-adds of one part of a model as a polynomial of a text's length.
package struct TokenCost: Sendable, Equatable {
    /// What a text costs at any length: a head on the first token.
    package var constant: Double
    /// What each token adds: the linear layers.
    package var perToken: Double
    /// What each pair of tokens adds: attention.
    package var perPair: Double

    /// Holds the coefficients; those left out are 0.
    package init(constant: Double = 0, perToken: Double = 0, perPair: Double = 0) {
        self.constant = constant
        self.perToken = perToken
        self.perPair = perPair
    }

    /// The multiply-adds for a text of so many tokens.
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
