extension Trace {
    /// What the engine would answer under a policy: one answer per text, in the trace's order.
    ///
    /// This is the engine's own loop without the encoder.
    package func replay(_ policy: any ExitPolicy) -> [Answer] {
        var run = PolicyRun(policy, texts: textCount)
        for exit in exits where !run.remaining.isEmpty && run.reads(exit.place) {
            let everyone = run.remaining.count == textCount
            _ = run.step(everyone ? exit : exit.gathered(run.remaining))
        }
        return run.finish()
    }
}
