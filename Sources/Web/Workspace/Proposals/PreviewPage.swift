internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension ProposalDesk {
    /// A version that the address names; nil for what is being written, or what was submitted last where nothing is.
    private func version(_ parameter: String) throws -> ProposalVersion? {
        guard let text = context.query.first(parameter), !text.isEmpty else { return nil }
        guard let number = wholeNumber(text) else { throw context.unreadable(parameter) }
        guard let version = model.versions.first(where: { $0.number == number }) else { throw Failure.notFound }
        return version
    }

    /// The whole document as it is read, by those who sign and those who decide.
    func previewPage() throws -> WorkspacePage {
        let version = try version("version") ?? (seesDraft ? nil : model.versions.last)
        guard seesDraft || version != nil else { throw Failure.notFound }
        let answers = version?.answers ?? Dictionary(model.sections.map { ($0.id, $0.answers) }, uniquingKeysWith: { first, _ in first })
        // Files of a version are those that its content names.
        let files = model.attachments.filter { file in
            version.map { $0.content.contains("\"sha256\":\"\(hexadecimal(file.digest))\"") } ?? !file.isRemoved
        }
        let reading = AnswersMarkup(desk: self, files: files)
        let title = version?.facts.title ?? model.title
        return page(
            title,
            lead: .fragment {
                documentName
                " · "
                if let version { say("writing.version", ["number": .number(version.number)]) } else { say("writing.draft") }
            },
            .fragment {
                if let version {
                    p(.class("note")) { say.markup("writing.submitted-line", ["date": .markup(moment(version.submittedAt))]) }
                    digest(version)
                }
                factList([
                    (say("writing.code"), HTML.code { code }), (say("writing.lead"), .text(organization(model.proposal.lead))),
                    (
                        say("writing.with"),
                        .text(wording.list(model.proposal.organizations.filter { $0 != model.proposal.lead }.map(organization)))
                    ),
                ])
                model.form.sections.map { section in
                    workspaceBlock(section.title, id: "section-\(section.id)") { reading.markup(of: section, answers[section.id] ?? .none) }
                }
            })
    }

    /// Two versions field by field; without a choice the last two, or the last and what is being written.
    func comparePage() throws -> WorkspacePage {
        guard let last = model.versions.last else { throw Failure.notFound }
        let to = try version("to")
        let from = try version("from") ?? model.versions.last { $0.number < (to?.number ?? .max) } ?? last
        let draft = Dictionary(model.sections.map { ($0.id, $0.answers) }, uniquingKeysWith: { first, _ in first })
        guard to != nil || seesDraft || model.versions.count > 1 else { throw Failure.notFound }
        let after = to ?? (seesDraft ? nil : last)
        let differences = after.map { from.differences(to: $0, in: model.form) } ?? from.differences(to: draft, in: model.form)
        return page(
            say("writing.compare.title"), lead: .text(model.title),
            .fragment {
                versionChoice(from, after)
                if differences.isEmpty { p(.class("dim")) { say("writing.compare.same") } } else { table(of: differences, from, after) }
            })
    }

    private func name(of version: ProposalVersion?) -> String {
        version.map { say("writing.version", ["number": .number($0.number)]) } ?? say("writing.draft")
    }

    private func versionChoice(_ from: ProposalVersion, _ to: ProposalVersion?) -> Markup {
        let numbers = model.versions.map { Choice(String($0.number), name(of: $0)) }
        func list(_ name: String, _ label: String, _ choices: [Choice], _ chosen: String) -> Markup {
            div(.class("field")) {
                HTML.label(.for("filter-\(name)")) { label }
                select(.id("filter-\(name)"), .name(name)) {
                    choices.map { choice in option(.value(choice.value), .selected(choice.value == chosen)) { choice.label } }
                }
            }
        }
        return form(.class("filter"), .method(.get), .action(WorkspaceContext.address(.proposals(fund: fund, .compare(code))))) {
            input(.type("hidden"), .name("document"), .value(document.rawValue))
            list("from", say("writing.compare.from"), numbers, String(from.number))
            list(
                "to", say("writing.compare.to"), numbers + (seesDraft ? [Choice("", say("writing.draft"))] : []),
                to.map { String($0.number) } ?? "")
            div(.class("actions")) { button(.type("submit")) { say("writing.compare.show") } }
        }
    }

    private func table(of differences: [AnswerDifference], _ from: ProposalVersion, _ to: ProposalVersion?) -> Markup {
        RecordTable(
            caption: say("writing.compare.caption", ["count": .number(differences.count)]),
            columns: [.init(label: say("writing.field"), isName: true), .init(label: name(of: from)), .init(label: name(of: to))],
            rows: differences.map { difference in
                let section = model.form.section(difference.section)
                return [
                    .fragment {
                        section.map { label(of: difference.field, in: $0) } ?? difference.field
                        span(.class("memo")) { section?.title ?? difference.section }
                    },
                    side(difference.before), side(difference.after),
                ]
            }
        ).markup()
    }

    private func side(_ text: String?) -> Markup {
        text.map { text in div(.class("text")) { lines(text) } } ?? span(.class("dim")) { say("writing.no-answer") }
    }
}
