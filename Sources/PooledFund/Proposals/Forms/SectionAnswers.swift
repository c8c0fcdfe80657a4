/// What was answered in a section of a form, as it was typed: whether it is complete and within its limits is another question.
public struct SectionAnswers: Sendable, Hashable {
    /// By the ids of the fields: a text, a list of texts, or a list of rows, which are objects of texts and lists of texts.
    public let values: [String: InputValue]

    public static let none = SectionAnswers([:])

    /// The most that one section may hold, in bytes of its JSON.
    static let sizeLimit = 400_000
    /// The longest text of a field, in bytes, whatever the form says.
    static let textLimit = 100_000
    /// The most rows, cells of a budget among them, of a field.
    static let rowLimit = 1_000

    public init(_ values: [String: InputValue]) {
        self.values = values
    }

    init(stored json: String) {
        guard case .object(let values) = InputValue(stored: json) else {
            self = .none
            return
        }
        self.init(values)
    }

    var json: String { InputValue.object(values).canonicalJSON }

    // MARK: Reading answers

    /// The text of a field that takes one; empty where nothing was answered.
    public func text(_ field: String) -> String { values[field]?.string ?? "" }

    /// The texts of a field that takes several.
    public func texts(_ field: String) -> [String] { Self.texts(values[field]) }

    /// The rows of a field.
    public func rows(_ field: String) -> [SectionAnswers] {
        (values[field]?.elements ?? []).map { row in
            if case .object(let values) = row { SectionAnswers(values) } else { .none }
        }
    }

    static func texts(_ value: InputValue?) -> [String] {
        switch value {
        case .text(let text): text.isEmpty ? [] : [text]
        case .list: value?.elements.compactMap(\.string) ?? []
        default: []
        }
    }

    // MARK: What was sent

    /// The answers of a section out of what was sent for it.
    ///
    /// - Throws: `Refusal` for what is no field of the section, or of another shape than the field takes.
    init(sent values: [String: InputValue], to section: ProposalForm.Section) throws(Refusal) {
        var answers: [String: InputValue] = [:]
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let field = section.field(name) else {
                throw Refusal(
                    "“\(name)” is no field of the section “\(section.id)”", remedy: didYouMean(name, among: section.fields.map(\.id)))
            }
            answers[name] = try Self.shaped(value, for: field)
        }
        self.init(answers)
        guard json.utf8.count <= Self.sizeLimit else {
            throw Refusal("the section has more than \(Self.sizeLimit) bytes", remedy: "shorten it")
        }
    }

    /// - Returns: nil for an empty answer.
    private static func shaped(_ value: InputValue, for field: ProposalField) throws(Refusal) -> InputValue? {
        switch field.kind {
        case .text, .wholeNumber, .day, .choice, .lines: return try single(value, field)
        case .choices:
            if let text = value.string { return text.isEmpty ? nil : .texts([try checked(text, field)]) }
            guard case .list(let items) = value else { throw wrongShape(field, "a list of texts") }
            var texts: [String] = []
            for item in items {
                guard let text = item.value.string else { throw wrongShape(field, "a list of texts") }
                if !text.isEmpty, !texts.contains(text) { texts.append(try checked(text, field)) }
            }
            try limit(texts.count, field)
            return texts.isEmpty ? nil : .texts(texts)
        case .rows(let columns, _): return try rows(value, field, columns)
        case .budget: return try rows(value, field, budgetColumns)
        case .file: throw Refusal("“\(field.id)” takes a file, not a text", remedy: "attach the file to the proposal")
        }
    }

    private static let budgetColumns = ["organization", "category", "year", "output", "amount"].map {
        ProposalField(
            id: $0, label: $0, help: "", kind: .text(ProposalField.TextLimit(count: 200, unit: .characters)), isRequired: false, fact: nil)
    }

    private static func single(_ value: InputValue, _ field: ProposalField) throws(Refusal) -> InputValue? {
        switch value {
        case .text(let text): return text.isEmpty ? nil : .text(try checked(text, field))
        case .integer(let integer): return .text(String(integer))
        default: throw wrongShape(field, "a text")
        }
    }

    /// Rows in which nothing was answered are left out.
    private static func rows(_ value: InputValue, _ field: ProposalField, _ columns: [ProposalField]) throws(Refusal) -> InputValue? {
        guard case .list(let items) = value else { throw wrongShape(field, "a list of rows") }
        try limit(items.count, field)
        var rows: [InputValue.Item] = []
        for item in items {
            guard case .object(let members) = item.value else { throw wrongShape(field, "a list of rows") }
            var row: [String: InputValue] = [:]
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                guard let column = columns.first(where: { $0.id == name }) else {
                    throw Refusal("“\(field.id)” has no column “\(name)”", remedy: didYouMean(name, among: columns.map(\.id)))
                }
                row[name] = try shaped(value, for: column)
            }
            if !row.isEmpty { rows.append(InputValue.Item(key: String(rows.count + 1), value: .object(row))) }
        }
        return rows.isEmpty ? nil : .list(rows)
    }

    private static func limit(_ count: Int, _ field: ProposalField) throws(Refusal) {
        guard count <= rowLimit else {
            throw Refusal("“\(field.id)” has \(count) rows", remedy: "give \(rowLimit) or fewer")
        }
    }

    /// Line ends as every system writes them become one; what cannot be seen is refused.
    private static func checked(_ text: String, _ field: ProposalField) throws(Refusal) -> String {
        guard text.utf8.count <= textLimit else {
            throw Refusal("“\(field.id)” has more than \(textLimit) bytes", remedy: "shorten it")
        }
        let isOneLine = if case .lines = field.kind { false } else { true }
        let ends = Array(text.utf8).split(separator: 0x0D, omittingEmptySubsequences: false)
        var bytes: [UInt8] = Array(ends[0])
        for part in ends.dropFirst() { bytes += part.first == 0x0A ? Array(part) : [0x0A] + part }
        guard !bytes.contains(where: { $0 == 0x7F || $0 < 0x20 && (isOneLine || $0 != 0x0A && $0 != 0x09) }), !hasHiddenControl(text) else {
            throw Refusal(
                "“\(field.id)” has a character that cannot be seen",
                remedy: isOneLine ? "take it out; a line break is one, too" : "take it out")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func wrongShape(_ field: ProposalField, _ wanted: String) -> Refusal {
        Refusal("“\(field.id)” is not \(wanted)", remedy: "give \(wanted)")
    }
}
