import OfframpFiles
import OfframpTraining
import TestFiles
import Testing

@Suite struct MethodTests {
    @Test func `an unknown one is a wrong use, and the error lists those there are`() {
        let error = failure { try Method.named("magic") }
        #expect(error?.kind == .usage)
        for name in Method.names { #expect(error?.expected.contains(name) ?? false) }
    }

    @Test func `put an exit behind every layer, some one before the first`() throws {
        #expect(try Method.named("offramp").depths(layers: 6) == [0, 1, 2, 3, 4, 5, 6])
        #expect(try Method.named("deebert").depths(layers: 3) == [1, 2, 3])
    }

    @Test(arguments: Method.names)
    func `train every head in some stage, frozen or not`(name: String) throws {
        let method = try Method.named(name)
        for stages in [method.stages, method.frozenStages] {
            let parts = stages.reduce(into: TrainedParts()) { $0.formUnion($1.parts) }
            #expect(parts.isSuperset(of: .heads))
        }
        #expect(method.frozenStages.allSatisfy { !$0.parts.contains(.backbone) })
    }
}
