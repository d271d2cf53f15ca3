import Offramp
import OfframpData
import OfframpFiles

/// Labels a stream of rows, and reports its progress.
struct Labelling {
    private(set) var cascade: ClassifierCascade
    private(set) var watch: Watch?
    private let badRows: BadRowChoice
    private let notes: NoteOptions

    /// What has happened so far.
    private struct Count {
        var rows = 0
        var badRows = 0
        var truncated = 0
        var depths = 0
        var handedOn = 0
        /// The names of fields that the output has no columns for.
        var unwritten: Set<String> = []
    }

    /// Labels rows by a classifier, or by several from small to large.
    ///
    /// - Parameters:
    ///   - watch: what looks for drift of a classifier alone, if anything; it may change the policy.
    ///   - badRows: what becomes of rows that cannot be labelled.
    init(cascade: ClassifierCascade, watch: Watch?, badRows: BadRowChoice, notes: NoteOptions) {
        (self.cascade, self.watch) = (cascade, watch)
        (self.badRows, self.notes) = (badRows, notes)
    }

    /// Labels all rows.
    ///
    /// - Returns: what has ended files early.
    mutating func label(
        _ chunks: consuming RowChunks, to output: inout ResultOutput
    ) throws -> [OfframpError] {
        var count = Count()
        let bar = ProgressBar(unit: "rows", isQuiet: notes.quiet)
        let stopwatch = Stopwatch()
        while let chunk = try chunks.next() {
            bar.clear()
            for note in chunks.takeNotes() { notes.note(note) }
            let answered = try cascade.answered(chunk)
            for result in answered {
                try output.row { try write(result, to: &$0, &count, bar) }
            }
            try lookForDrift(answered, bar)
            try output.flush()
            bar.update(
                units: count.rows, share: chunks.shareDone,
                note: answers(count).joined(separator: "  "))
        }
        bar.clear()
        for note in chunks.takeNotes() { notes.note(note) }
        notes.note(summary(count, stopwatch.seconds))
        return chunks.damage
    }

    private mutating func lookForDrift(
        _ answered: [Result<AnsweredRow, BadRow>], _ bar: ProgressBar
    ) throws {
        let classifier = cascade.classifiers[0]
        guard let drift = try watch?.look(at: answered.compactMap { try? $0.get() }, by: classifier)
        else { return }
        bar.clear()
        notes.note(drift.words)
        if let policy = drift.tightened {
            cascade = try ClassifierCascade([classifier.with(policy: policy)])
        }
    }

    private func write(
        _ result: Result<AnsweredRow, BadRow>, to writer: inout ResultWriter,
        _ count: inout Count, _ bar: ProgressBar
    ) throws {
        count.rows += 1
        switch result {
        case .success(let answered):
            count.depths += answered.answer.depth
            if answered.answer.model > 0 { count.handedOn += 1 }
            if answered.answer.isTruncated { count.truncated += 1 }
            if let fault = answered.row.fault {
                guard badRows != .fail else { throw fault }
                note(fault, bar)
            }
            let unwritten = try writer.write(answered.row) {
                answered.answer.value(of: $0, from: cascade)
            }
            try tell(unwritten, of: answered.row.place, &count, bar)
        case .failure(let row):
            guard badRows != .fail else { throw row.error }
            count.badRows += 1
            note(row.error, bar)
            guard badRows == .keep else { return }
            try tell(writer.write(row), of: row.error.place, &count, bar)
        }
    }

    /// Notes fields that were not written, each name once: the output may have no column for errors.
    ///
    /// - Throws: `OfframpError` (`data`) where a row that is not written whole ends the run.
    private func tell(
        _ unwritten: [String], of place: String, _ count: inout Count, _ bar: ProgressBar
    ) throws {
        let new = unwritten.filter { count.unwritten.insert($0).inserted }
        guard !new.isEmpty else { return }
        let names = new.map(quoted).joined(separator: ", ")
        let error = OfframpError(
            .data, at: place,
            found: "\(names), not written as the first row has no such column",
            expected: "the fields of the first row alone, or jsonl as the output's format")
        guard badRows != .fail else { throw error }
        note(error, bar)
    }

    private func note(_ error: OfframpError, _ bar: ProgressBar) {
        bar.clear()
        notes.note("\(error)")
    }

    private func summary(_ count: Count, _ seconds: Double) -> String {
        var parts = [
            "\(count.rows.grouped) rows",
            "\(Int(Double(count.rows) / max(seconds, 1e-9)).grouped) rows/s",
        ]
        parts += answers(count)
        if let watch { parts.append(watch.summary) }
        return parts.joined(separator: ", ")
    }

    /// How far texts went, and what was wrong with some.
    private func answers(_ count: Count) -> [String] {
        var parts: [String] = []
        let good = count.rows - count.badRows
        if good > 0 {
            parts.append(way(count, good))
        }
        if count.badRows > 0 { parts.append("\(count.badRows.grouped) bad") }
        if count.truncated > 0 { parts.append("\(count.truncated.grouped) truncated") }
        return parts
    }

    private func way(_ count: Count, _ good: Int) -> String {
        guard !cascade.hasSeveral else {
            return "\((Double(count.handedOn) / Double(good)).percent) % handed on"
        }
        let depth = Double(count.depths) / Double(good)
        let layers = cascade.classifiers[0].model.layerCount
        return "average exit \(depth.text(decimals: 2)) of \(layers)"
    }
}
