internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension ProposalDesk {
    /// The budget as a grid that is filled in, by who writes; as it is read, by whoever else sees it.
    func budgetPage() throws -> WorkspacePage {
        guard let (section, field, asked) = model.form.budget, let found = model.sections.first(where: { $0.id == section.id }),
            seesDraft || !model.versions.isEmpty
        else { throw Failure.notFound }
        let content: Markup
        if writes {
            content =
                found.aside == nil
                ? BudgetGridForm(desk: self, section: found, field: field, asked: asked).markup()
                : SectionMerge(desk: self, section: found).markup()
        } else {
            let answers = seesDraft ? found.answers : model.versions.last?.answers[section.id] ?? .none
            content = BudgetReading(desk: self, asked: asked, rows: answers.rows(field.id)).markup()
        }
        return page(say("writing.budget.title"), lead: .text(model.title), content)
    }

    func submitBudget(_ form: any NamedValues, _ files: [UploadedFile]) async throws -> WorkspaceAnswer {
        guard writes else { throw Failure(.forbidden, "error.rule", ["value": SaveSection.right.rule]) }
        guard let (section, field, asked) = model.form.budget, let found = model.sections.first(where: { $0.id == section.id }) else {
            throw Failure.notFound
        }
        guard let revision = form.first("revision").flatMap(wholeNumber) else { throw Failure.formUnreadable }
        let upload = BudgetUpload(desk: self, field: field, asked: asked, revision: revision)
        switch Self.step(in: form).step {
        case .read: return upload.report(files.first { $0.field == BudgetUpload.file })
        case .take: return try await saveBudget(upload.taken(form), found, field, revision, .read)
        case .save: return try await saveBudget(BudgetGridForm.rows(form, of: self), found, field, revision, .saved)
        case .autosave: return .json(try await autosave(BudgetGridForm.rows(form, of: self), found, field, revision))
        default: throw Failure.formUnreadable
        }
    }

    private func budgetAnswers(_ rows: InputValue, _ section: ProposalOnDesk.Section, _ field: ProposalField) -> [String: InputValue] {
        var answers = section.answers.values
        answers[field.id] = rows
        return answers
    }

    private func saveBudget(
        _ rows: InputValue, _ section: ProposalOnDesk.Section, _ field: ProposalField, _ revision: Int, _ done: Done
    ) async throws -> WorkspaceAnswer {
        do {
            let outcome = try await save(section.section, budgetAnswers(rows, section, field), revision: revision)
            return outcome.isSaved ? self.done(done, at: .budget(code)) : self.done(.differing, at: .budget(code))
        } catch let refusal as Refusal where refusal.kind == .ordinary {
            var page = try budgetPage()
            page.notice = PageNotice(kind: .warning, text: inEnglish(refusal.sentence, say))
            return .page(page)
        }
    }

    private func autosave(
        _ rows: InputValue, _ section: ProposalOnDesk.Section, _ field: ProposalField, _ revision: Int
    ) async throws -> JSON {
        do {
            let outcome = try await save(section.section, budgetAnswers(rows, section, field), revision: revision)
            return autosaved(outcome, at: .budget(code))
        } catch let refusal as Refusal where refusal.kind == .ordinary {
            return ["saved": .boolean(false), "problem": .string(refusal.sentence)]
        }
    }

    /// What the script is told that saves by itself.
    func autosaved(_ outcome: SaveSection.Outcome, at place: ProposalsPlace) -> JSON {
        [
            "saved": .boolean(outcome.isSaved), "revision": .integer(outcome.revision),
            "at": .string(String(days.timeOfDay(of: context.now).prefix(5))), "differing": .boolean(!outcome.isSaved),
            "look": .string(address(place).text),
        ]
    }
}
