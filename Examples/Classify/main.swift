import Offramp

let classifier = try Classifier("checkpoints/sst2")
let answer = try classifier.classify("a truly wonderful film")
print(answer.label, answer.probability, answer.depth)

// Many texts are cut into batches for all cores; the answers come in the order of the texts.
let answers = try classifier.classify(["a dull play", "it is very funny"])
print(answers.map(\.label))

// A pair of texts, for a checkpoint that was trained on pairs.
let pair = TextInput("It rains.", pair: "Nobody left without an umbrella.")
print(try classifier.classify(pair).label)
