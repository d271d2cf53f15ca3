import OfframpExit
import Testing

@Suite struct PatienceTests {
    static let labelCases: [(labels: [Int], patience: Int, exit: Int)] = [
        ([0, 0, 0, 0], 1, 1),
        ([0, 0, 0, 0], 3, 3),
        ([0, 1, 1, 1], 2, 3),  // a change resets the count to 0, not to 1
        ([0, 1, 0, 1], 1, 3),
        ([1, 1, 0, 0], 2, 3),
    ]

    @Test(arguments: labelCases)
    func `counts how often a label is confirmed`(_ labels: [Int], _ patience: Int, _ exit: Int) {
        let trace = Trace([labels.map { $0 == 0 ? [1, 0] : [0, 1] }])
        #expect(trace.replay(Patience(patience))[0].exitIndex == exit)
    }

    static let valueCases: [(values: [Float], patience: Int, exit: Int)] = [
        ([1, 1.25, 3, 4], 1, 1),
        ([1, 1.5, 1.75, 4], 1, 2),  // a difference of the tolerance itself does not agree
        ([1, 1.25, 3, 3.25], 2, 3),
        ([.nan, .nan, 2, 2], 1, 3),
    ]

    @Test(arguments: valueCases)
    func `compares numbers within the tolerance`(_ values: [Float], _ patience: Int, _ exit: Int) {
        let trace = Trace([values.map { [$0] }], task: .regression)
        #expect(trace.replay(Patience(patience, tolerance: 0.5))[0].exitIndex == exit)
    }

    @Test func `two exits that say NaN do not agree`() {
        let trace = Trace([[[.nan, 0], [.nan, 0], [1, 0], [1, 0]]])
        #expect(trace.replay(Patience(1))[0].exitIndex == 3)
    }
}
