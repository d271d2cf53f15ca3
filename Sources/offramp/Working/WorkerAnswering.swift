import Offramp
import OfframpData
import OfframpFiles

/// Makes an answer of each line that a worker reads.
struct WorkerAnswering {
    let cascade: ClassifierCascade
    /// What an answer says.
    let columns: [AddedColumn]

    /// The answer to a line; what is wrong with it stands in the answer.
    func answer(_ line: Line) throws -> JSON {
        let place = "request \(line.number)"
        var id = JSON.null
        do {
            guard !line.isTooLong else {
                throw OfframpError(
                    .data, at: place, found: "more than \(Line.maximumBytes.grouped) bytes",
                    expected: "fewer texts")
            }
            let object = try line.bytes.withUnsafeBytes { try JSON(parsing: $0, from: place) }
            id = object["id"] ?? .null
            let request = try WorkerRequest(JSONReader(object, at: place))
            let answers = try cascade.answered(request.rows)
            return ["id": id, "answers": .array(answers.enumerated().map(json))]
        } catch let error as OfframpError where error.kind == .data {
            return ["id": id, "error": .string(error.description)]
        }
    }

    private func json(_ index: Int, _ result: Result<AnsweredRow, BadRow>) -> JSON {
        switch result {
        case .success(let answered):
            let members = columns.filter { $0 != .error }.map {
                JSON.Member($0.rawValue, answered.answer.value(of: $0, from: cascade))
            }
            return .object(members)
        case .failure(let row):
            return ["error": .string(row.error.at("text \(index + 1)").description)]
        }
    }
}
