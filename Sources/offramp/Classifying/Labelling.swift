import OfframpData
import OfframpExit
import OfframpFiles

/// Labels a stream of rows, and tells how far it is.
struct Labelling {
    let classifier: Classifier
    let isQuiet: Bool

    /// What has happened so far.
    private struct Count {
        var rows = 0
        var badRows = 0
        var truncated = 0
        var depths = 0
    }

    /// Labels all rows.
    func callAsFunction(
        _ chunks: consuming RowChunks, to writer: inout ResultWriter
    ) throws {
        var count = Count()
        let bar = ProgressBar(unit: "rows", isQuiet: isQuiet)
        let stopwatch = Stopwatch()
        while let chunk = try chunks.next() {
            for result in try classifier.labelled(chunk) {
                try write(result, to: &writer, &count, bar)
            }
            try writer.flush()
            bar.update(units: count.rows, share: chunks.reader.shareRead)
        }
        bar.clear()
        if !isQuiet { Notes.write(summary(count, stopwatch.seconds)) }
    }

    private func write(
        _ result: Result<LabelledRow, BadRow>, to writer: inout ResultWriter,
        _ count: inout Count, _ bar: ProgressBar
    ) throws {
        count.rows += 1
        switch result {
        case .success(let labelled):
            count.depths += labelled.answer.depth
            if labelled.isTruncated { count.truncated += 1 }
            try writer.write(labelled.row, classifier.answer(labelled))
        case .failure(let row):
            count.badRows += 1
            bar.clear()
            if !isQuiet { Notes.write("\(row.error)") }
            try writer.write(row)
        }
    }

    private func summary(_ count: Count, _ seconds: Double) -> String {
        let good = count.rows - count.badRows
        var parts = [
            "\(count.rows.grouped) rows",
            "\(Int(Double(count.rows) / max(seconds, 1e-9)).grouped) rows/s",
        ]
        if good > 0 {
            let depth = Double(count.depths) / Double(good)
            parts.append("average exit \(depth.text(decimals: 2)) of \(classifier.layers)")
        }
        if count.badRows > 0 { parts.append("\(count.badRows.grouped) bad") }
        if count.truncated > 0 { parts.append("\(count.truncated.grouped) truncated") }
        return parts.joined(separator: ", ")
    }
}

extension Classifier {
    /// The answer as a results file has it.
    fileprivate func answer(_ labelled: LabelledRow) -> OfframpData.Answer {
        let (prediction, exit) = (labelled.answer.prediction, labelled.answer.depth)
        switch task.kind {
        case .classification:
            return OfframpData.Answer(
                label: task.labels[prediction.label], score: prediction.score, exit: exit,
                truncated: labelled.isTruncated)
        case .regression:
            return OfframpData.Answer(
                value: prediction.score, exit: exit, truncated: labelled.isTruncated)
        }
    }
}
