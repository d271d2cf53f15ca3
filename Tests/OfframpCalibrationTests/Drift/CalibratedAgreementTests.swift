import OfframpExit
import OfframpFiles
import Testing

@testable import OfframpCalibration

@Suite struct CalibratedAgreementTests {
    private func agreement(_ share: JSON, rows: JSON = .number(345)) -> CalibratedAgreement? {
        CalibratedAgreement(promise: ["agreement": share, "rows": rows])
    }

    /// `scipy.stats.beta.ppf(0.99, k + 1, 345 - k)`, and by hand 1 - 0.01^(1/345) for none.
    @Test(arguments: [(1.0, 0.0132596256), (337.0 / 345, 0.0497576123), (0, 1)])
    func `the bound is Clopper and Pearson's`(share: Double, bound: Double) throws {
        let found = try #require(agreement(.number(share))).mostDisagreements(error: 0.01)
        #expect(abs(found - bound) < 1e-6, "\(found)")
    }

    @Test func `what was not measured is not read`() {
        #expect(agreement(.null) == nil)
        #expect(agreement(.number(1.5)) == nil)
        #expect(agreement(.number(0.9), rows: .number(0)) == nil)
        #expect(CalibratedAgreement(promise: [:]) == nil)
    }

    @Test func `texts agree that get the full model's labels, right or wrong`() {
        let trace = Trace(
            chances: [[0.9, 0.9], [0.9, 0.1], [0.1, 0.1], [0.1, 0.9]], labels: [0, 0, 0, 0])
        #expect(trace.agreement(of: FixedDepth(1), tolerance: 0) == 0.5)
        #expect(trace.agreement(of: Full(), tolerance: 0) == 1)
    }

    @Test func `numbers agree within a tolerance`() {
        let trace = Trace(
            depths: [1, 2], task: .regression, outputCount: 1,
            logits: [[1, 2, 3], [1.5, 2.25, 5]])
        #expect(CalibratedAgreement.measured(trace, FixedDepth(1)).isEmpty)
        #expect(trace.agreement(of: FixedDepth(1), tolerance: 0.5) == 2.0 / 3)
        #expect(trace.agreement(of: FixedDepth(1), tolerance: 0.3) == 1.0 / 3)
    }
}
