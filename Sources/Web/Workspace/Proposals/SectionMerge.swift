internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

/// What somebody wrote in a section while somebody else saved it: both texts, field by field, and which of them is to stand.
struct SectionMerge {
    let desk: ProposalDesk
    let section: ProposalOnDesk.Section

    private var say: Catalogue { desk.say }

    private enum Taken: String, CaseIterable {
        case saved
        case mine
        /// One below the other, where a field takes several lines.
        case both
    }

    /// The fields that differ, each as a whole.
    private var fields: [ProposalField] {
        let differing = Set(section.differences.map { String($0.field.prefix { $0 != "." }) })
        return section.section.fields.filter { differing.contains($0.id) }
    }

    func markup() -> Markup {
        let author = section.draft.map { desk.person($0.author) } ?? ""
        return .fragment {
            div(.class("confirm differing")) {
                h2 { say("writing.merge.title") }
                p { say("writing.merge.lead", ["name": .text(author)]) }
            }
            form(.class("form merge"), .method(.post), .action(desk.address(.section(desk.code, section.id))), .enctype(.multipart)) {
                input(.type("hidden"), .name("document"), .value(desk.document.rawValue))
                input(.type("hidden"), .name("revision"), .value(String(section.revision)))
                fields.map(field)
                if fields.isEmpty { p { say("writing.merge.same") } }
                div(.class("buttons")) { FormButton(label: say("writing.merge.save"), sent: ProposalDesk.step(.merge)).markup() }
            }
        }
    }

    private func field(_ field: ProposalField) -> Markup {
        let answers = AnswersMarkup(desk: desk, files: [])
        return .fragment {
            div(.class("texts")) {
                div {
                    h3 { say("writing.merge.saved", ["field": .text(field.label)]) }
                    answers.value(of: field, section.answers)
                }
                div {
                    h3 { say("writing.merge.mine", ["field": .text(field.label)]) }
                    answers.value(of: field, section.aside?.answers ?? .none)
                }
            }
            FieldMarkup(
                FormField(
                    "take.\(field.id)", label: say("writing.merge.take", ["field": .text(field.label)]),
                    kind: .radio(choices(of: field).map { Choice($0.rawValue, word($0)) }), value: Taken.mine.rawValue), say
            ).markup()
        }
    }

    private func choices(of field: ProposalField) -> [Taken] {
        if case .lines = field.kind { Taken.allCases } else { [.saved, .mine] }
    }

    private func word(_ taken: Taken) -> String {
        switch taken {
        case .saved: say("writing.merge.take.saved")
        case .mine: say("writing.merge.take.mine")
        case .both: say("writing.merge.take.both")
        }
    }

    func submit(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        guard let aside = section.aside else { return desk.done(.settled, at: .section(desk.code, section.id)) }
        guard let revision = form.first("revision").flatMap(wholeNumber) else { throw Failure.formUnreadable }
        // Somebody may have saved again while the two were compared.
        guard revision == section.revision else { return desk.done(.differing, at: .section(desk.code, section.id)) }
        var answers = section.answers.values
        for field in fields {
            switch Taken(rawValue: form.first("take.\(field.id)") ?? "") ?? .mine {
            case .saved: continue
            case .mine: answers[field.id] = aside.answers.values[field.id]
            case .both:
                let texts = [section.answers.text(field.id), aside.answers.text(field.id)].filter { !$0.isEmpty }
                answers[field.id] = .text(texts.joined(separator: "\n\n"))
            }
        }
        do {
            let outcome = try await desk.save(section.section, answers, revision: revision)
            return desk.done(outcome.isSaved ? .settled : .differing, at: .section(desk.code, section.id))
        } catch let refusal as Refusal where refusal.kind == .ordinary {
            return .page(
                desk.page(
                    section.section.title, notice: PageNotice(kind: .warning, text: inEnglish(refusal.sentence, say)), markup()))
        }
    }
}
