extension Trace {
    /// What the engine would answer under a policy: one answer per text, in the trace's order.
    ///
    /// This is the engine's own loop without the encoder.
    package func replay(_ policy: any ExitPolicy) -> [Answer] {
        var run = PolicyRun(policy, texts: textCount)
        for exit in exits where !run.remaining.isEmpty {
            let readers = run.reach(exit.place)
            guard !readers.isEmpty else { continue }
            let everyone = readers.count == textCount
            let output = everyone ? exit : exit.gathered(readers.map { run.remaining[$0] })
            _ = run.step(output, readers: readers)
        }
        return run.finish()
    }
}
