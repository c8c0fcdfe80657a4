internal import HTML
internal import Ledger
internal import OfficeFiles
internal import PooledFund
internal import Publications

/// The form of a document as a Word file, with what is written in it, and the answers that come back in one.
struct OfflineForm {
    let desk: ProposalDesk

    /// More boxes than this are a list that nobody reads on paper: what is chosen is written by name instead.
    private static let boxLimit = 40
    /// More rows to write in than are filled.
    private static let blankRows = 3

    private var model: ProposalOnDesk { desk.model }
    private var say: Catalogue { desk.say }

    // MARK: Out

    func form(at now: Instant) -> WordForm {
        WordForm(
            title: "\(model.form.title): \(model.title)", language: say.language.code, created: Int(now.microsecondsSince1970 / 1_000_000),
            version: version,
            prompts: .init(text: say("writing.word.text"), choice: say("writing.word.choice"), date: say("writing.word.date")),
            blocks: [.paragraph(say("writing.word.lead"))] + model.sections.flatMap(blocks))
    }

    /// Which form it is, and the revision of each section that was read: `mptf boats concept-note 3-0-1`.
    private var version: String {
        "\(model.fund) \(desk.code) \(desk.document.rawValue) \(model.sections.map { String($0.revision) }.joined(separator: "-"))"
    }

    private func blocks(_ section: ProposalOnDesk.Section) -> [WordForm.Block] {
        let help: [WordForm.Block] = section.section.help.isEmpty ? [] : [.paragraph(section.section.help)]
        return [.heading(section.section.title, level: 1)] + help
            + section.section.fields.flatMap { blocks($0, section.answers, tag: tag($0, in: section.section)) }
    }

    /// What Word finds the answer by: short, whatever the field's id is.
    private func tag(_ field: ProposalField, in section: ProposalForm.Section) -> String {
        let (place, number) = (
            model.form.sections.firstIndex { $0.id == section.id } ?? 0, section.fields.firstIndex { $0.id == field.id } ?? 0
        )
        return "s\(place + 1)f\(number + 1)"
    }

    private func blocks(_ field: ProposalField, _ answers: SectionAnswers, tag: String) -> [WordForm.Block] {
        switch field.kind {
        case .file: return [.fact(label: field.label, value: say("writing.word.file"))]
        case .budget: return [.fact(label: field.label, value: say("writing.word.budget"))]
        case .rows(let columns, let most):
            let rows = answers.rows(field.id)
            let count = max(min(rows.count + Self.blankRows, max(most, rows.count)), 1)
            let fields = columns.enumerated().map { self.field($1, tag: "c\($0 + 1)", value: nil) }
            let values = rows.map { row -> [String: WordForm.Answer] in
                var values: [String: WordForm.Answer] = [:]
                for (index, column) in columns.enumerated() { values["c\(index + 1)"] = answer(column, row) }
                return values
            }
            return [
                .table(
                    WordForm.Table(
                        tag: tag, label: field.label, help: help(field), columns: fields, rowCount: count, values: values))
            ]
        case .choices(let list, _) where isBoxed(list):
            let chosen = Set(answers.texts(field.id))
            return [.heading(field.label, level: 3)] + (help(field).map { [.paragraph($0)] } ?? [])
                + model.choices.choices(of: list).enumerated().map { index, choice in
                    .field(
                        WordForm.Field(
                            tag: "\(tag)b\(index + 1)", label: choice.label, kind: .checkbox, value: .checked(chosen.contains(choice.id))))
                }
        default: return [.field(self.field(field, tag: tag, value: answer(field, answers)))]
        }
    }

    private func isBoxed(_ list: ProposalField.ChoiceList) -> Bool { model.choices.choices(of: list).count <= Self.boxLimit }

    private func help(_ field: ProposalField) -> String? {
        var pieces = field.help.isEmpty ? [] : [field.help]
        switch field.kind {
        case .text(let limit), .lines(let limit):
            pieces.append(
                limit.unit == .words
                    ? say("writing.limit.words", ["count": .number(limit.count)])
                    : say("writing.limit.characters", ["count": .number(limit.count)]))
        case .choices(_, let most):
            pieces.append(say("writing.limit.choices", ["count": .number(most)]))
            pieces.append(say("writing.word.names"))
        default: break
        }
        return pieces.isEmpty ? nil : pieces.joined(separator: " ")
    }

    private func field(_ field: ProposalField, tag: String, value: WordForm.Answer?) -> WordForm.Field {
        let kind: WordForm.Kind =
            switch field.kind {
            case .lines, .choices: .lines
            case .day: .date
            case .choice(let list): .choice(wordChoices(list))
            default: .line
            }
        return WordForm.Field(tag: tag, label: field.label, help: help(field), kind: kind, value: value)
    }

    /// Word tells choices apart by their labels.
    private func wordChoices(_ list: ProposalField.ChoiceList) -> [WordForm.Choice] {
        var seen: Set<String> = []
        return model.choices.choices(of: list).map { choice in
            let label = seen.insert(choice.label).inserted ? choice.label : "\(choice.label) (\(choice.id))"
            seen.insert(label)
            return WordForm.Choice(value: choice.id, label: label)
        }
    }

    private func answer(_ field: ProposalField, _ answers: SectionAnswers) -> WordForm.Answer? {
        switch field.kind {
        case .choices(let list, _):
            let labels = Dictionary(model.choices.choices(of: list).map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
            let texts = answers.texts(field.id).map { labels[$0] ?? $0 }
            return texts.isEmpty ? nil : .text(texts.joined(separator: "\n"))
        case .choice(let list):
            let id = answers.text(field.id)
            return model.choices.choices(of: list).contains { $0.id == id } ? .choice(id) : nil
        case .day: return answers.text(field.id).isEmpty ? nil : .date(answers.text(field.id))
        default: return answers.text(field.id).isEmpty ? nil : .text(answers.text(field.id))
        }
    }

    // MARK: Back

    /// What came back of one section.
    struct Returned {
        let section: ProposalOnDesk.Section
        /// The revision that the file was made of.
        let revision: Int
        let answers: [String: InputValue]
    }

    struct Reading {
        /// The sections that say something else than what is saved.
        let changed: [Returned]
        /// The field by its name, and what whoever takes the answers over should know of it.
        let observations: [(field: String, kind: WordFormAnswers.Kind)]
    }

    /// - Throws: `Refusal` for what is no Word file, or not this form.
    func read(_ bytes: [UInt8]) throws(Refusal) -> Reading {
        let read: WordFormAnswers
        do throws(OfficeFileFault) {
            read = try form(at: desk.context.now).read(bytes)
        } catch {
            throw Refusal("the file cannot be read: \(error)", remedy: "give the Word file that was downloaded here, with its answers")
        }
        let revisions = try revisions(of: read.version)
        var changed: [Returned] = []
        for (index, section) in model.sections.enumerated() {
            let answers = SectionAnswers(answers(read, to: section))
            if section.section.fields.contains(where: { AnswersMarkup.isOtherwise($0, section.answers, answers) }) {
                changed.append(Returned(section: section, revision: revisions[index], answers: answers.values))
            }
        }
        return Reading(changed: changed, observations: read.observations.map { (name(of: $0.tag), $0.kind) })
    }

    private func revisions(of version: String?) throws(Refusal) -> [Int] {
        let parts = (version ?? "").split(separator: " ").map(String.init)
        let numbers = (parts.last ?? "").split(separator: "-").compactMap { wholeNumber(String($0)) }
        guard parts.count == 4, parts[0] == model.fund, parts[1] == desk.code, parts[2] == desk.document.rawValue,
            numbers.count == model.sections.count
        else { throw Refusal("the file is not the form of this document", remedy: "give the one that was downloaded here") }
        return numbers
    }

    private func answers(_ read: WordFormAnswers, to section: ProposalOnDesk.Section) -> [String: InputValue] {
        var answers: [String: InputValue] = [:]
        for field in section.section.fields {
            let tag = tag(field, in: section.section)
            switch field.kind {
            // What has a place of its own stays as it is.
            case .file, .budget: answers[field.id] = section.answers.values[field.id]
            case .choices(let list, _) where isBoxed(list):
                let chosen = model.choices.choices(of: list).enumerated().filter {
                    read.answers["\(tag)b\($0.offset + 1)"] == .checked(true)
                }
                answers[field.id] = texts(chosen.map(\.element.id))
            case .rows(let columns, _):
                let rows = (read.rows[tag] ?? []).compactMap { row -> InputValue.Item? in
                    var members: [String: InputValue] = [:]
                    for (index, column) in columns.enumerated() { members[column.id] = value(row["c\(index + 1)"], of: column) }
                    return members.isEmpty ? nil : InputValue.Item(key: "1", value: .object(members))
                }
                answers[field.id] = rows.isEmpty ? nil : .list(rows)
            default: answers[field.id] = value(read.answers[tag], of: field)
            }
            // A question that is not in the file any more was not answered anew.
            if isMissing(field, tag, read) { answers[field.id] = section.answers.values[field.id] }
        }
        return answers
    }

    private func isMissing(_ field: ProposalField, _ tag: String, _ read: WordFormAnswers) -> Bool {
        read.observations.contains { $0.kind == .missing && ($0.tag == tag || $0.tag.hasPrefix("\(tag).") || $0.tag.hasPrefix("\(tag)b")) }
    }

    private func texts(_ texts: [String]) -> InputValue? {
        texts.isEmpty ? nil : .list(texts.enumerated().map { InputValue.Item(key: String($0 + 1), value: .text($1)) })
    }

    private func value(_ answer: WordForm.Answer?, of field: ProposalField) -> InputValue? {
        let text: String
        switch answer {
        case .text(let typed): text = typed
        case .choice(let id): text = id
        case .date(let day): text = day
        case .checked, nil: return nil
        }
        switch field.kind {
        case .choices(let list, _):
            let choices = model.choices.choices(of: list)
            // By name or by code, one a line.
            let chosen = text.split { $0 == "\n" || $0 == ";" }.map { line -> String in
                let name = String(line).trimmingBlanks
                return choices.first { $0.id == name || $0.label.lowercased() == name.lowercased() }?.id ?? name
            }
            return texts(chosen.filter { !$0.isEmpty })
        case .choice(let list):
            return .text(model.choices.choices(of: list).first { $0.label.lowercased() == text.lowercased() }?.id ?? text)
        case .lines: return text.isEmpty ? nil : .text(text)
        default:
            let line = text.split(separator: "\n").joined(separator: " ")
            return line.isEmpty ? nil : .text(line)
        }
    }

    /// What a tag's question is called; the tag where it is of no question.
    private func name(of tag: String) -> String {
        for section in model.form.sections {
            for field in section.fields {
                let own = self.tag(field, in: section)
                if tag == own || tag.hasPrefix("\(own).") || tag.hasPrefix("\(own)b") { return field.label }
            }
        }
        return tag
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let scalars = unicodeScalars.drop { $0.properties.isWhitespace }
        guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        return String(String.UnicodeScalarView(scalars[...last]))
    }
}
