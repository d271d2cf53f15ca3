import OfframpData
import OfframpFiles

/// One line that a worker reads.
struct WorkerRequest {
    /// The texts; of one that cannot be read, what is wrong with it.
    let rows: [Result<Row, BadRow>]

    /// Reads `{"id": …, "texts": […], "pairs": […]}`.
    ///
    /// - Throws: `OfframpError` (`data`) for an object of another form.
    init(_ object: JSONReader) throws {
        try object.requireKeys(among: ["id", "texts", "pairs"])
        let texts = try object["texts"].elements()
        let pairs = try object["pairs"].ifNotNull?.elements()
        if let pairs, pairs.count != texts.count {
            throw object["pairs"].error(
                found: "\(pairs.count) texts", expected: "\(texts.count), one for each of texts")
        }
        rows = texts.indices.map { index in
            do {
                return .success(
                    Row(
                        line: index + 1, text: try texts[index].string(),
                        pair: try pairs?[index].string()))
            } catch let error as OfframpError {
                return .failure(BadRow(error))
            } catch {
                preconditionFailure("a getter throws OfframpError")
            }
        }
    }
}
