import Offramp

let classifier = try Classifier("checkpoints/sst2", policy: "entropy:0.3")
let explanation = try classifier.explain("it never quite comes together")
for exit in explanation.exits {
    print(exit.classification.depth, exit.classification.label, exit.outcome, exit.reason ?? "")
}

for word in try classifier.wordEffects(of: "it never quite comes together") {
    print(word.word, word.effect)
}
