import Offramp

// The folders of two checkpoints with the same labels.
let (small, large) = (CommandLine.arguments[1], CommandLine.arguments[2])

let cascade = try ClassifierCascade([Classifier(small), Classifier(large)])
let answer = try cascade.classify("it never quite comes together")
print(answer.label, answer.model, answer.depth)
