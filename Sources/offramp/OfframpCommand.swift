import ArgumentParser
import OfframpFiles

/// The command line: parses, runs one command, and turns whatever went wrong into an exit status.
@main
struct OfframpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offramp",
        abstract: "Classifies texts with a BERT model that easy texts leave early.",
        version: "0.1.0",
        subcommands: [
            Classify.self, Label.self, Evaluate.self, Train.self, Average.self, Convert.self,
            Tokenize.self, Inspect.self, Benchmark.self,
        ])

    static func main() {
        StandardStreams.fill()
        Interruption.cleansUp()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as OfframpError {
            ExitStatus.exit(after: error)
        } catch {
            // Usage errors end with 64, help and version with 0.
            exit(withError: error)
        }
    }
}
