/// What is asked of a form before it is written.
struct WordFormCheck {
    private let form: WordForm

    private static let questionLimit = 5_000

    init(_ form: WordForm) { self.form = form }

    func check() throws(OfficeFileFault) {
        for text in [form.title, form.language, form.version, form.prompts.text, form.prompts.choice, form.prompts.date] { try check(text) }
        guard form.created > 0 else { throw OfficeFileFault(.notWritable("a form made before 1970")) }
        for block in form.blocks { try check(block) }
        let questions = form.questions
        guard questions.count <= Self.questionLimit else { throw OfficeFileFault(.tooMuch(.fields, limit: Self.questionLimit)) }
        var tags: Set<String> = []
        for question in questions {
            do throws(OfficeFileFault) {
                guard tags.insert(question.tag).inserted else { throw OfficeFileFault(.duplicate("the tag")) }
                // The longest that Word keeps.
                guard question.tag.utf8.count <= 64 else { throw OfficeFileFault(.notWritable("a tag of more than 64 characters")) }
                try check(question.field)
            } catch {
                throw error.within(.field(question.tag))
            }
        }
    }

    private func check(_ text: String) throws(OfficeFileFault) {
        guard XMLBuilder.isWritable(text) else { throw OfficeFileFault(.notWritable("a character that no XML can hold")) }
    }

    private func check(_ block: WordForm.Block) throws(OfficeFileFault) {
        switch block {
        case .heading(let text, let level):
            try check(text)
            guard (1...3).contains(level) else { throw OfficeFileFault(.notWritable("a heading of the level \(level)")) }
        case .paragraph(let text), .signature(let text):
            try check(text)
        case .fact(let label, let value):
            try check(label)
            try check(value)
        case .field:
            break
        case .table(let table):
            let place = [OfficeFileFault.Place.field(table.tag)]
            guard Self.isTag(table.tag) else { throw OfficeFileFault(.notWritable("a tag that may not be one"), at: place) }
            guard table.rowCount >= 1, table.values.count <= table.rowCount, (1...20).contains(table.columns.count) else {
                throw OfficeFileFault(.notWritable("a table without rows or columns, or with fewer rows than values"), at: place)
            }
            try check(table.label + (table.help ?? ""))
        }
    }

    private func check(_ field: WordForm.Field) throws(OfficeFileFault) {
        guard Self.isTag(field.tag) else { throw OfficeFileFault(.notWritable("a tag that may not be one")) }
        guard !field.label.isEmpty else { throw OfficeFileFault(.notWritable("a question without a label")) }
        try check(field.label + (field.help ?? ""))
        if case .choice(let choices) = field.kind {
            guard !choices.isEmpty, choices.allSatisfy({ !$0.label.isEmpty && !$0.value.isEmpty }),
                Set(choices.map(\.label)).count == choices.count, Set(choices.map(\.value)).count == choices.count
            else { throw OfficeFileFault(.notWritable("choices that cannot be told from each other")) }
            for choice in choices { try check(choice.label + choice.value) }
        }
        try check(field.value, of: field.kind)
    }

    private func check(_ value: WordForm.Answer?, of kind: WordForm.Kind) throws(OfficeFileFault) {
        switch (kind, value) {
        case (_, nil), (.checkbox, .checked): break
        case (.line, .text(let text)), (.lines, .text(let text)): try check(text)
        case (.choice(let choices), .choice(let value)) where choices.contains { $0.value == value }: break
        case (.date, .date(let text)) where CalendarDay(text) != nil: break
        default: throw OfficeFileFault(.notWritable("an answer that does not fit the question"))
        }
    }

    private static func isTag(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
