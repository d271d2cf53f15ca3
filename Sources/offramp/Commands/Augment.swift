import ArgumentParser
import OfframpData
import OfframpEncoder
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import OfframpTraining

/// Makes more texts out of some.
struct Augment: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make more texts to learn from, for a teacher to answer.",
        discussion: """
            Copies of a text lack some words, have near words in the place of others, or are a phrase of it. Near \
            words are those with the nearest embeddings. What a copy says may differ from what its text says, so \
            the copies have no labels: train takes them with --unlabelled beside --teacher.
            """)

    @Argument(help: "The files with the texts.")
    var inputs: [String]

    @Option(help: ArgumentHelp("The file to write: tsv, csv or jsonl.", valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The checkpoint or Hugging Face BERT folder with the embeddings.", valueName: "dir"))
    var backbone: String

    @Option(
        help: ArgumentHelp("Copies of each text.", valueName: "n"),
        transform: WholeNumber.atLeast(1))
    var copies = 20

    @Option(
        help: ArgumentHelp("How many near words may stand for a word.", valueName: "n"),
        transform: WholeNumber.atLeast(1))
    var near = 15

    @Option(help: ArgumentHelp("The seed of all that is random.", valueName: "n"))
    var seed: UInt64 = 42

    @Option(
        help: ArgumentHelp(
            "Leave the rows out that train holds out with this share, and what is part of them; goes with "
                + "labelled files.", valueName: "share"))
    var holdOut: Double?

    @Flag(help: "Replace the output file if it exists.")
    var force = false

    @OptionGroup(title: "Data options") var data: LabelledDataOptions
    @OptionGroup var notes: NoteOptions

    func validate() throws {
        if let holdOut, !(holdOut > 0 && holdOut < 1) {
            throw ValidationError("--hold-out is a share above 0 and below 1.")
        }
    }

    func run() throws {
        let format = try DataFormat(
            path: output, among: [.tsv, .csv, .jsonl], or: "another ending")
        let texts = try texts()
        let checkpoint = try notes.checkpoint(backbone)
        let tokenizer = try checkpoint.tokenizer()
        let near = NearWords(
            of: Augmentation.words(of: texts), count: near, try checkpoint.backbone(), tokenizer)
        let isPair = texts.contains { $0.pair != nil }
        let columns = isPair ? ["sentence1", "sentence2"] : ["sentence"]
        var writer = try ResultWriter(
            path: output, overwriting: force, format: format, columns: columns, added: [])
        var random = RandomSource(seed: seed)
        var written = 0
        for text in texts {
            let copies = Augmentation().copies(
                of: text, count: copies, near: { near.words(near: $0, tokenizer) }, using: &random)
            for copy in copies {
                let values = [copy.text, copy.pair ?? ""]
                let fields = zip(columns, values).map { JSON.Member($0, .string($1)) }
                try writer.write(Row(line: 0, text: copy.text, fields: fields)) { _ in .null }
            }
            written += copies.count
        }
        try writer.finish()
        notes.note("\(written.grouped) copies of \(texts.count.grouped) texts")
    }

    private func texts() throws -> [TextInput] {
        guard let holdOut else { return try data.file.texts(inputs, notes) }
        let rows = try data.dataset(inputs, .none, notes).refusingBadRows()
        return try TrainingRows(rows, report: nil, holdingOut: holdOut).train.inputs
    }
}
