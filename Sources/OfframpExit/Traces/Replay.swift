extension Trace {
    /// What the engine would answer under a policy: one answer a text, in the trace's order.
    ///
    /// This is the engine's own loop without the encoder.
    public func replay(_ policy: any ExitPolicy) -> [Answer] {
        var run = PolicyRun(policy, texts: texts)
        for exit in exits where !run.open.isEmpty && run.reads(exit.place) {
            let everyone = run.open.count == texts
            _ = run.step(everyone ? exit : exit.gathered(run.open))
        }
        return run.finish()
    }
}
