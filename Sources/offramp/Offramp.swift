import ArgumentParser

@main
struct Offramp: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Early-exit BERT text classification.")
}
