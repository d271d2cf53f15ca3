import Offramp

// The folders of two parts of one checkpoint: offramp convert checkpoints/sst2 --split 2 --output parts
let (first, second) = (CommandLine.arguments[1], CommandLine.arguments[2])
// The lines of standard input.
let texts = Array(sequence(state: ()) { _ in readLine() })

let edge = try ClassifierPart(first)
let step = try edge.classify(texts)
let bytes = try step.handedOn.bytes(.float16)

let cloud = try ClassifierPart(second)
let rest = try cloud.classify(HandedOn(bytes))
for answer in step.joined(with: rest).answers.compactMap(\.self) {
    print(answer.label, answer.depth)
}

let sent = step.waiting.reduce(0) { $0 + texts[$1].utf8.count }
print(
    "handed on: \(step.waiting.count) of \(texts.count) texts, \(sent) bytes of text; their states:"
)
for storage in StateStorage.allCases {
    print("\(storage): \(try step.handedOn.bytes(storage).count) bytes")
}
