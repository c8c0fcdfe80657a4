/// Finds the answers of a form in the content controls of a file.
struct WordFormReader {
    private let package: OfficePackage
    private let limits: WordFormAnswers.Limits

    init(_ bytes: [UInt8], limits: WordFormAnswers.Limits) throws(OfficeFileFault) {
        package = try OfficePackage(bytes, limits: limits.archive)
        self.limits = limits
    }

    func answers(to form: WordForm) throws(OfficeFileFault) -> WordFormAnswers {
        let main = try package.mainPart()
        guard package.contentType(of: main) == WordFormWriter.mainType else {
            throw OfficeFileFault(.wrongKind(expected: "a DOCX document"))
        }
        let visitor = ContentControlVisitor(limits: limits)
        try package.read(main, into: visitor, limits: XMLDocumentReader.Limits(depth: 250))
        let version = try version()

        var matching = AnswerMatching(form, visitor.controls)
        let found = matching.match()
        var answers: [String: WordForm.Answer] = [:]
        var rows: [String: [[String: WordForm.Answer]]] = [:]
        for block in form.blocks {
            switch block {
            case .field(let field):
                answers[field.tag] = found[field.tag]
            case .table(let table):
                rows[table.tag] = (1...max(1, table.rowCount)).map { row in
                    var cells: [String: WordForm.Answer] = [:]
                    for column in table.columns { cells[column.tag] = found[table.question(row: row, column).tag] }
                    return cells
                }
            case .heading, .paragraph, .fact, .signature:
                break
            }
        }
        return WordFormAnswers(version: version, answers: answers, rows: rows, observations: matching.observations)
    }

    private func version() throws(OfficeFileFault) -> String? {
        guard let part = try package.relationships(of: "").first(where: { $0.kind == "custom-properties" })?.part,
            package.archive.contains(part)
        else { return nil }
        let visitor = PropertyVisitor(named: WordFormWriter.versionProperty)
        try package.read(part, into: visitor)
        return visitor.value
    }
}

/// One property of a file.
private final class PropertyVisitor: XMLVisitor {
    private let name: String
    private var isWithin = false
    private var bytes: [UInt8]?

    init(named name: String) { self.name = name }

    var value: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    func begin(_ element: XMLElement) {
        guard element.name.local == "property" else { return }
        isWithin = element["name"] == name
        if isWithin { bytes = [] }
    }

    func text(_ piece: UnsafeRawBufferPointer) throws(OfficeFileFault) {
        guard isWithin, (bytes?.count ?? 0) + piece.count <= 10_000 else { return }
        bytes?.append(contentsOf: piece)
    }

    func end(_ name: XMLName) {
        if name.local == "property" { isWithin = false }
    }
}
