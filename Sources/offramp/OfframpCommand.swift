import ArgumentParser
import Glibc
import Offramp
import OfframpFiles

/// The command line: parses, runs one command, and turns whatever went wrong into an exit status.
@main
struct OfframpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offramp",
        abstract: "Classifies texts with a BERT model that easy texts leave early.",
        version: Version.current,
        subcommands: [
            Classify.self, Label.self, Worker.self, Evaluate.self, Calibrate.self, Check.self,
            Train.self, Augment.self,
            Average.self,
            Convert.self,
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
            let message = fullMessage(for: error)
            if message.contains("Unknown option"), takesTexts {
                Notes.write(message + "\n  A text that begins with a dash follows --.")
                Glibc.exit(exitCode(for: error).rawValue)
            }
            // Usage errors end with 64, help and version with 0.
            exit(withError: error)
        }
    }

    /// Whether the command is one whose arguments are texts.
    private static var takesTexts: Bool {
        ["classify", "tokenize"].contains(CommandLine.arguments.dropFirst().first)
    }
}
