import Testing

@testable import OfframpCalibration

@Suite struct RiskLimitTests {
    /// By SciPy's binomial distribution: `Scripts/make-calibration-fixtures.py`.
    @Test(arguments: [
        (298, -1), (299, 0), (345, 0), (872, 3), (2149, 13), (3000, 20),
    ]) func `allows as many errors as the binomial tail does`(texts: Int, most: Int) {
        expect(RiskLimit(risk: 0.01, confidence: 0.95), of: texts, toAllow: most)
    }

    /// (errors + 1) / (texts + 1) within 1 %, by hand.
    @Test(arguments: [
        (98, -1), (99, 0), (345, 2), (872, 7), (2149, 20), (3000, 29),
    ]) func `allows more on average`(texts: Int, most: Int) {
        expect(RiskLimit(risk: 0.01, confidence: nil), of: texts, toAllow: most)
    }

    /// `Scripts/make-calibration-fixtures.py`.
    @Test(arguments: [
        (0.004, 1000, 0.01, 0.07797771984120144),
        (0.0, 400, 0.01, 0.017950553275044735),
        (0.012, 2500, 0.02, 0.003974310660727079),
    ]) func `bounds losses between 0 and 1 by Hoeffding and Bentkus`(
        mean: Double, texts: Int, risk: Double, bound: Double
    ) {
        let losses = TextLosses(Array(repeating: mean, count: texts), areBinary: false)
        #expect(RiskLimit(risk: risk, confidence: 1 - bound - 1e-6).isKept(by: losses))
        #expect(!RiskLimit(risk: risk, confidence: 1 - bound + 1e-6).isKept(by: losses))
    }

    @Test func `knows the fewest texts`() {
        #expect(RiskLimit(risk: 0.01, confidence: 0.95).fewestTexts == 299)
        #expect(RiskLimit(risk: 0.02, confidence: 0.95).fewestTexts == 149)
        #expect(RiskLimit(risk: 0.01, confidence: nil).fewestTexts == 99)
    }

    /// Three tenths, rounded down, are searched on: of 426 that is 127, and 299 decide.
    @Test(arguments: [(1, 4), (299, 426), (1000, 1428)])
    func `knows the fewest texts of which so many decide`(deciding: Int, texts: Int) {
        #expect(CalibrationParts.fewestTexts(deciding: deciding) == texts)
    }

    @Test(arguments: [0.95, nil]) func `a tiny risk takes more texts than there are`(
        confidence: Double?
    ) {
        let needed = RiskLimit(risk: 1e-19, confidence: confidence).fewestTexts
        #expect(needed > 1_000_000_000_000)
        #expect(CalibrationParts.fewestTexts(deciding: needed) > needed)
    }

    /// `scipy.stats.beta.ppf(0.95, k + 1, n - k)`, rounded up: Clopper and Pearson's bound.
    @Test(arguments: [(0, 345, 0.0087), (2, 345, 0.0182), (7, 345, 0.0378), (20, 20, nil)])
    func `finds the least risk that is proven`(errors: Int, texts: Int, risk: Double?) {
        let found = RiskLimit.least(keptBy: losses(errors, of: texts), confidence: 0.95)
        #expect(found?.risk == risk)
    }

    /// Expects a limit to allow so many errors and no more; -1 for not even none.
    private func expect(_ limit: RiskLimit, of texts: Int, toAllow most: Int) {
        for errors in max(most - 1, 0)...most + 2 {
            #expect(limit.isKept(by: losses(errors, of: texts)) == (errors <= most))
        }
    }

    private func losses(_ errors: Int, of texts: Int) -> TextLosses {
        TextLosses((0..<texts).map { $0 < errors ? 1 : 0 }, areBinary: true)
    }
}
