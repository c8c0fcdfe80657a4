/// A form that goes out as a Word file (DOCX) to be filled in offline, and that comes back.
///
/// Each question is a content control with a tag, by which its answer is found again wherever it stands. Everything else of the file is
/// locked: programs that respect it let nothing but the answers be changed.
public struct WordForm: Sendable, Hashable {
    public var title: String
    /// Of the texts, as BCP 47: `en`, `ar`.
    public var language: String
    public var isRightToLeft: Bool
    /// When the file says that it was made: seconds since 1970.
    public var created: Int
    /// Stands at the foot of every page, and in the properties of the file, by which it is known again.
    public var version: String
    public var prompts: Prompts
    public var blocks: [Block]

    public init(
        title: String, language: String, isRightToLeft: Bool = false, created: Int, version: String, prompts: Prompts, blocks: [Block]
    ) {
        self.title = title
        self.language = language
        self.isRightToLeft = isRightToLeft
        self.created = created
        self.version = version
        self.prompts = prompts
        self.blocks = blocks
    }

    /// What stands where an answer is to be written, until it is.
    public struct Prompts: Sendable, Hashable {
        public var text: String
        public var choice: String
        public var date: String

        public init(text: String, choice: String, date: String) {
            self.text = text
            self.choice = choice
            self.date = date
        }
    }

    public enum Block: Sendable, Hashable {
        /// Of level 1 to 3.
        case heading(String, level: Int)
        case paragraph(String)
        /// Something that is known, to be read and not to be changed.
        case fact(label: String, value: String)
        case field(Field)
        case table(Table)
        /// A line to sign on, on paper.
        case signature(label: String)
    }

    public struct Field: Sendable, Hashable {
        /// ASCII letters, digits, `-` and `_`, at most 40; no two of a form alike.
        public var tag: String
        public var label: String
        public var help: String?
        public var kind: Kind
        /// What is there already.
        public var value: Answer?

        public init(tag: String, label: String, help: String? = nil, kind: Kind, value: Answer? = nil) {
            self.tag = tag
            self.label = label
            self.help = help
            self.kind = kind
            self.value = value
        }
    }

    public enum Kind: Sendable, Hashable {
        case line
        case lines
        case choice([Choice])
        case date
        case checkbox
    }

    public struct Choice: Sendable, Hashable {
        /// What the answer is then.
        public var value: String
        /// What is shown; no two of a field alike.
        public var label: String

        public init(value: String, label: String) {
            self.value = value
            self.label = label
        }
    }

    /// The same questions row by row. A question has the tag `TABLE.ROW.COLUMN`, rows counted from 1.
    public struct Table: Sendable, Hashable {
        public var tag: String
        public var label: String
        public var help: String?
        /// Their values are not used.
        public var columns: [Field]
        /// How many rows there are to write in.
        public var rowCount: Int
        /// What is there already, from the first row.
        public var values: [[String: Answer]]

        public init(tag: String, label: String, help: String? = nil, columns: [Field], rowCount: Int, values: [[String: Answer]] = []) {
            self.tag = tag
            self.label = label
            self.help = help
            self.columns = columns
            self.rowCount = rowCount
            self.values = values
        }
    }

    public enum Answer: Sendable, Hashable {
        /// Lines end with LF.
        case text(String)
        /// The value of a ``Choice``.
        case choice(String)
        /// As ISO 8601: `2026-03-01`.
        case date(String)
        case checked(Bool)
    }

    /// The form as a DOCX file: the same form gives the same bytes.
    ///
    /// - Throws: `OfficeFileFault`, with the field, for a tag that may not be one or is there twice, a choice without a label, an answer
    ///   that does not fit its question, a character that XML cannot hold.
    public func docx() throws(OfficeFileFault) -> [UInt8] {
        try WordFormCheck(self).check()
        return try WordFormWriter(self).file()
    }

    /// The answers in a file that came back.
    ///
    /// - Throws: `OfficeFileFault` for what is no DOCX file, is damaged, holds macros, or is beyond the limits. A form that was filled in
    ///   wrongly is no fault: what was seen is in the observations.
    public func read(_ bytes: [UInt8], limits: WordFormAnswers.Limits = WordFormAnswers.Limits()) throws(OfficeFileFault) -> WordFormAnswers
    {
        try WordFormReader(bytes, limits: limits).answers(to: self)
    }
}

/// One place to answer, in the order of the form: a field, or a cell of a table.
struct WordFormQuestion {
    let tag: String
    let field: WordForm.Field
}

extension WordForm {
    var questions: [WordFormQuestion] {
        blocks.flatMap { block -> [WordFormQuestion] in
            switch block {
            case .field(let field): [WordFormQuestion(tag: field.tag, field: field)]
            case .table(let table): (1...max(1, table.rowCount)).flatMap { row in table.columns.map { table.question(row: row, $0) } }
            case .heading, .paragraph, .fact, .signature: []
            }
        }
    }
}

extension WordForm.Table {
    func question(row: Int, _ column: WordForm.Field) -> WordFormQuestion {
        var field = column
        field.value = values.indices.contains(row - 1) ? values[row - 1][column.tag] : nil
        return WordFormQuestion(tag: "\(tag).\(row).\(column.tag)", field: field)
    }
}
