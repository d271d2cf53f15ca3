import OfframpExit
import Testing

/// Golden values: Scripts/make-metric-fixtures.py (scikit-learn, SciPy).
struct MetricTests {
    struct Example: Sendable {
        let labels: Int
        let right: [Int]
        let given: [Int]
        let accuracy: Double
        let f1: Double
        let matthews: Double
        /// Precision, recall, F1 and support of every label.
        let scores: [[Double]]
    }

    static let examples = [
        Example(
            labels: 2, right: [0, 1, 1, 0, 1, 1, 0, 0, 1, 1],
            given: [0, 1, 0, 0, 1, 1, 1, 0, 1, 0],
            accuracy: 0.7, f1: 0.7272727272727273, matthews: 0.408248290463863,
            scores: [
                [0.6, 0.75, 0.6666666666666666, 4],
                [0.8, 0.6666666666666666, 0.7272727272727273, 6],
            ]),
        Example(
            labels: 2, right: [0, 0, 0, 1], given: [0, 0, 0, 0], accuracy: 0.75, f1: 0, matthews: 0,
            scores: [[0.75, 1, 0.8571428571428571, 3], [0, 0, 0, 1]]),
        Example(
            labels: 2, right: [1, 1, 1, 1], given: [1, 1, 0, 1], accuracy: 0.75,
            f1: 0.8571428571428571, matthews: 0,
            scores: [[0, 0, 0, 0], [1, 0.75, 0.8571428571428571, 4]]),
        Example(
            labels: 2, right: [0, 1, 0, 1], given: [1, 0, 1, 0], accuracy: 0, f1: 0, matthews: -1,
            scores: [[0, 0, 0, 2], [0, 0, 0, 2]]),
        Example(
            labels: 3, right: [0, 1, 2, 2, 1, 0, 2, 1, 0, 2, 2],
            given: [0, 2, 2, 2, 1, 0, 1, 1, 2, 2, 0], accuracy: 0.6363636363636364,
            f1: 0.6444444444444444, matthews: 0.4358974358974359,
            scores: [
                [0.6666666666666666, 0.6666666666666666, 0.6666666666666666, 3],
                [0.6666666666666666, 0.6666666666666666, 0.6666666666666666, 3],
                [0.6, 0.6, 0.6, 5],
            ]),
        Example(
            labels: 4, right: [0, 1, 2, 0, 1, 2], given: [0, 1, 1, 0, 2, 2],
            accuracy: 0.6666666666666666, f1: 0.6666666666666666, matthews: 0.5,
            scores: [[1, 1, 1, 2], [0.5, 0.5, 0.5, 2], [0.5, 0.5, 0.5, 2], [0, 0, 0, 0]]),
    ]

    @Test(arguments: [
        (
            [[0], [0, 2], [], [1, 2], [2]], [[0], [2], [1], [1, 2], [0, 2]], 0.7692307692307693,
            0.7222222222222222, 0.4
        ),
        ([[0, 1], [1], [3]], [[0, 1], [1], [3]], 1, 1, 1),
        ([[0], [], [1]], [[], [], []], 0, 0, 0.3333333333333333),
    ])
    func `scores sets of labels as scikit-learn does`(
        right: [[Int]], given: [[Int]], micro: Double, macro: Double, subset: Double
    ) {
        let predictions = given.map { labels in
            Prediction(independent: (0..<4).map { labels.contains($0) ? 0.9 : 0.2 })
        }
        let gold = Gold.labelSets(right)
        #expect(isClose(Metric.microF1(predictions, gold), micro))
        #expect(isClose(Metric.macroF1(predictions, gold), macro))
        #expect(isClose(Metric.subsetAccuracy(predictions, gold), subset))
    }

    @Test(arguments: examples) func `scores labels as scikit-learn does`(example: Example) throws {
        let predictions = example.given.map { label in
            Prediction(probabilities: (0..<example.labels).map { $0 == label ? 1 : 0 })
        }
        let gold = Gold.labels(example.right)
        #expect(isClose(Metric.accuracy(predictions, gold), example.accuracy))
        #expect(isClose(Metric.f1(predictions, gold), example.f1))
        #expect(isClose(Metric.matthewsCorrelation(predictions, gold), example.matthews))
        let matrix = try #require(ConfusionMatrix(predictions, gold))
        for (scores, golden) in zip(matrix.scores, example.scores) {
            let ours = [scores.precision, scores.recall, scores.f1, Double(scores.support)]
            #expect(zip(ours, golden).allSatisfy(isClose))
        }
        #expect(matrix.scores.count == example.labels)
    }

    static let series: [([Double], [Double], Double?, Double?)] = [
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8, 0.8),
        (
            [5.0, 3.8, 3.8, 2.6, 4.25, 0.0], [4.7, 3.1, 3.9, 3.1, 4.0, 1.5], 0.9582301179874289,
            0.9558823529411764
        ),
        ([1, 2, 3], [6, 4, 2], -1, -1),
        ([1, 1, 1, 2], [1, 2, 3, 3], 0.5222329678670936, 0.5443310539518174),
        ([1, 1, 1], [1, 2, 3], nil, nil), ([1], [2], nil, nil), ([], [], nil, nil),
    ]

    @Test(arguments: series) func `correlates as SciPy does`(
        right: [Double], given: [Double], pearson: Double?, spearman: Double?
    ) {
        #expect(isClose(Correlation.pearson(right, given), pearson))
        #expect(isClose(Correlation.spearman(right, given), spearman))
    }

    @Test func `counts right labels in rows and given ones in columns`() {
        let matrix = ConfusionMatrix(right: [0, 0, 1, 2], given: [0, 1, 1, 0], labelCount: 3)
        #expect(matrix.counts == [[1, 1, 0], [0, 1, 0], [1, 0, 0]])
        #expect(matrix.textCount == 4)
    }

    @Test func `does not exist without texts`() {
        for metric in TaskKind.classification.rules.metrics {
            #expect(metric([], .labels([])) == nil)
        }
        for metric in TaskKind.regression.rules.metrics { #expect(metric([], .values([])) == nil) }
    }

    @Test func `each task has its usual metrics, GLUE's first`() {
        #expect(TaskKind.regression.rules.metrics.map(\.name) == ["pearson", "spearmanr"])
        #expect(
            TaskKind.classification.rules.metrics.map(\.name)
                == ["accuracy", "f1", "matthews_correlation"])
    }

    @Test func `a regression is judged by the numbers of its predictions`() {
        let predictions = [Float(2), 1, 4, 3, 5].map { Prediction(value: $0) }
        #expect(isClose(Metric.pearson(predictions, .values([1, 2, 3, 4, 5])), 0.8))
        #expect(isClose(Metric.spearman(predictions, .values([1, 2, 3, 4, 5])), 0.8))
    }

    private func isClose(_ value: Double?, _ golden: Double?) -> Bool {
        guard let value, let golden else { return value == nil && golden == nil }
        return abs(value - golden) < 1e-12
    }

    @Test func `the averages of labels are scikit-learn's`() throws {
        let matrix = ConfusionMatrix(
            right: [0, 0, 0, 1, 1, 2, 2, 2, 2, 0], given: [0, 1, 1, 1, 1, 2, 0, 2, 3, 3],
            labelCount: 5)
        let golden = [
            ("macro", [0.5, 0.4375, 0.41666666666666663]), ("micro", [0.5, 0.5, 0.5]),
            ("weighted", [0.7, 0.5, 0.5333333333333333]),
        ]
        let averages = matrix.scores.averages
        #expect(averages.map(\.name) == golden.map(\.0))
        for (average, (_, expected)) in zip(averages, golden) {
            for (found, expected) in zip([average.precision, average.recall, average.f1], expected)
            {
                #expect(abs(found - expected) < 1e-12, "\(average)")
            }
        }
    }
}
