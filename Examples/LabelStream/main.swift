import Offramp

let classifier = try Classifier("checkpoints/sst2", speed: .fast)
let lines = AsyncStream { readLine() }
for try await answer in classifier.classifications(of: lines) { print(answer.label) }
