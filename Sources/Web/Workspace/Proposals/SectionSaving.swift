internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

/// Saves what was sent of a section, with the files that came with it.
struct SectionSaving {
    let desk: ProposalDesk
    let section: ProposalOnDesk.Section
    let form: any NamedValues
    let files: [UploadedFile]

    private var say: Catalogue { desk.say }
    private var place: ProposalsPlace { .section(desk.code, section.id) }

    func answer(_ step: ProposalDesk.Step, more: String) async throws -> WorkspaceAnswer {
        guard desk.writes else { throw Failure(.forbidden, "error.rule", ["value": SaveSection.right.rule]) }
        guard let revision = form.first("revision").flatMap(wholeNumber) else { throw Failure.formUnreadable }
        do {
            let outcome = try await desk.save(section.section, answers, revision: revision)
            if step == .autosave { return .json(desk.autosaved(outcome, at: place)) }
            guard outcome.isSaved else { return desk.done(.differing, at: place) }
            let errors = try await handleFiles()
            if !errors.isEmpty { return try await again(errors) }
            return desk.done(.saved, at: place, step == .more ? [("more", more)] : [])
        } catch let refusal as Refusal where refusal.kind == .ordinary {
            if step == .autosave { return .json(["saved": .boolean(false), "problem": .string(refusal.sentence)]) }
            return .page(page(desk, section, SectionAnswers(answers), revision: revision, [(nil, refusal.sentence)]))
        }
    }

    private func page(
        _ desk: ProposalDesk, _ section: ProposalOnDesk.Section, _ answers: SectionAnswers, revision: Int,
        _ errors: [(field: String?, error: String)]
    ) -> WorkspacePage {
        desk.page(
            section.section.title, lead: .text(desk.model.title),
            SectionForm(desk: desk, section: section, answers: answers, revision: revision, errors: errors).markup())
    }

    /// The section as it stands, with what was wrong with its files.
    private func again(_ errors: [(field: String?, error: String)]) async throws -> WorkspaceAnswer {
        let desk = try await desk.again()
        guard let section = desk.model.sections.first(where: { $0.id == section.id }) else { throw Failure.notFound }
        return .page(page(desk, section, section.answers, revision: section.revision, errors))
    }

    // MARK: What was typed

    /// By the ids of the fields. The budget has its own page, and stays as it is.
    private var answers: [String: InputValue] {
        var answers: [String: InputValue] = [:]
        for field in section.section.fields {
            switch field.kind {
            case .budget: answers[field.id] = section.answers.values[field.id]
            case .file: continue
            case .rows(let columns, _): answers[field.id] = .list(rows(field.id, columns))
            default: answers[field.id] = value(field, at: field.id)
            }
        }
        return answers
    }

    private func value(_ field: ProposalField, at path: String) -> InputValue {
        let name = SectionForm.name(path)
        if case .choices = field.kind {
            return .list(form.all(name).enumerated().map { InputValue.Item(key: String($0 + 1), value: .text($1)) })
        }
        return .text(form.first(name) ?? "")
    }

    private func rows(_ field: String, _ columns: [ProposalField]) -> [InputValue.Item] {
        let prefix = SectionForm.name(field) + "."
        let numbers = Set(
            form.pairs.compactMap { pair in
                pair.name.hasPrefix(prefix) ? wholeNumber(String(pair.name.dropFirst(prefix.count).prefix { $0 != "." })) : nil
            })
        return numbers.sorted().map { number in
            let row = columns.map { ($0.id, value($0, at: "\(field).\(number).\($0.id)")) }
            return InputValue.Item(key: String(number), value: .object(Dictionary(row, uniquingKeysWith: { first, _ in first })))
        }
    }

    // MARK: Files

    /// - Returns: what is wrong with those that were not taken.
    private func handleFiles() async throws -> [(field: String?, error: String)] {
        var errors: [(field: String?, error: String)] = []
        for id in section.section.fields.flatMap({ form.all(SectionForm.removalName($0.id)) }) {
            do {
                let action = RemoveAttachment(fund: desk.fund, proposal: desk.code, attachment: id)
                _ = try await desk.context.office.perform(action, by: desk.context.visitor.actor)
            } catch let refusal as Refusal where refusal.kind == .ordinary { errors.append((nil, refusal.sentence)) }
        }
        for field in section.section.fields {
            guard case .file = field.kind else { continue }
            let name = SectionForm.fileName(field.id)
            for file in files where file.field == name {
                do {
                    let document = try AttachedDocument(name: file.fileName, content: Array(file.bytes))
                    let action = AttachDocument(
                        fund: desk.fund, proposal: desk.code, document: desk.document, field: field.id, file: document)
                    _ = try await desk.context.office.perform(action, by: desk.context.visitor.actor)
                } catch let refusal as Refusal where refusal.kind == .ordinary {
                    errors.append((name, say("writing.file.refused", ["name": .text(file.fileName), "problem": .text(refusal.sentence)])))
                }
            }
        }
        return errors
    }
}

extension ProposalDesk {
    func save(_ section: ProposalForm.Section, _ answers: [String: InputValue], revision: Int) async throws -> SaveSection.Outcome {
        let action = SaveSection(
            fund: fund, proposal: code, document: document, section: section.id, revision: revision, answers: answers)
        return try await context.office.perform(action, by: context.visitor.actor).outcome
    }
}
