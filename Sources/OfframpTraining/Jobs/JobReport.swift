import OfframpEngine

/// What a job wrote.
package struct JobReport: Sendable {
    /// The settings of the new heads: chosen policies and measured results included.
    package let settings: ExitSettings
    /// The quality of each exit on the validation rows, as the weights are stored.
    package let qualities: [Double]
    /// The operating points, and what they do on the texts that they were chosen on.
    package let choices: [OperatingPoints.Choice]
    /// How many texts these are.
    package let textCount: Int
}
