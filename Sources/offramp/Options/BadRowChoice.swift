import ArgumentParser

/// What becomes of rows that cannot be labelled.
enum BadRowChoice: String, CaseIterable, ExpressibleByArgument {
    /// They stay in their places, with an error.
    case keep
    /// They are left out.
    case skip
    /// The first one ends the run, and nothing is written.
    case fail
}
