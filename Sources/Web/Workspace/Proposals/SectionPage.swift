internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension ProposalDesk {
    private func found(_ id: String) throws -> ProposalOnDesk.Section {
        guard let section = model.sections.first(where: { $0.id == id }) else { throw Failure.notFound }
        return section
    }

    /// A section: to be written by those who write it, to be read by whoever else sees it, with what is said of it.
    func sectionPage(_ id: String) throws -> WorkspacePage {
        let section = try found(id)
        guard seesDraft || !model.versions.isEmpty || !section.comments.isEmpty || model.may.contains(.comment) else {
            throw Failure.notFound
        }
        guard writes else { return sectionPage(section, readMarkup(section)) }
        if section.aside != nil { return sectionPage(section, SectionMerge(desk: self, section: section).markup()) }
        return sectionPage(section, sectionForm(section).markup())
    }

    private func sectionForm(_ section: ProposalOnDesk.Section) -> SectionForm {
        SectionForm(desk: self, section: section, answers: section.answers, revision: section.revision, more: context.query.first("more"))
    }

    private func sectionPage(_ section: ProposalOnDesk.Section, _ content: Markup) -> WorkspacePage {
        page(
            section.section.title, lead: section.section.help.isEmpty ? .text(model.title) : .text(section.section.help),
            .fragment {
                sectionNavigation(section.id)
                savedLine(section)
                content
                ownerBlock(section)
                commentsBlock(section)
            })
    }

    private func sectionNavigation(_ current: String) -> Markup {
        nav(.class("filters sections"), .aria(.label, say("writing.sections"))) {
            ul {
                model.sections.map { section in
                    let here: [Attribute] = section.id == current ? [.aria(.current, "page")] : []
                    let isComplete = seesDraft && section.completeness?.isComplete ?? false
                    return li {
                        a([.href(address(.section(code, section.id)))] + here) { section.section.title + (isComplete ? " ✓" : "") }
                    }
                }
            }
        }
    }

    private func savedLine(_ section: ProposalOnDesk.Section) -> Markup {
        guard seesDraft else { return .empty }
        let missing = section.completeness?.missing ?? []
        return .fragment {
            p(.class("note saved-line")) {
                if let draft = section.draft {
                    say.markup("writing.saved-line", ["date": .markup(moment(draft.savedAt)), "name": .text(person(draft.author))])
                } else {
                    say("writing.never-saved")
                }
            }
            if !missing.isEmpty, section.draft != nil {
                p(.class("note")) {
                    say(
                        "writing.missing-line",
                        ["fields": .text(wording.list(missing.compactMap { section.section.field($0)?.label }))])
                }
            }
        }
    }

    private func readMarkup(_ section: ProposalOnDesk.Section) -> Markup {
        let answers = seesDraft ? section.answers : model.versions.last?.answers[section.id] ?? .none
        guard seesDraft || !model.versions.isEmpty else { return .empty }
        return workspaceBlock(say("writing.answers"), id: "answers") {
            AnswersMarkup(desk: self, files: model.attachments).markup(of: section.section, answers)
        }
    }

    // MARK: Who looks after it, and what is said

    private func ownerBlock(_ section: ProposalOnDesk.Section) -> Markup {
        guard seesDraft else { return .empty }
        let own = section.owner.map { owner in p { person(owner) } } ?? p(.class("dim")) { say("writing.owner.none") }
        return workspaceBlock(say("writing.owner.title"), id: "owner", note: .text(say("writing.owner.note"))) {
            own
            if writes {
                Form(
                    action: address(.section(code, section.id)),
                    fields: [
                        .hidden("document", document.rawValue),
                        FormField(
                            "owner", label: say("writing.owner"),
                            kind: .choice([ChoiceGroup(nil, model.writers.map { Choice($0.id, $0.name) })]), value: section.owner),
                    ],
                    buttons: [FormButton(label: say("writing.owner.set"), weight: .secondary, sent: Self.step(.own))]
                ).markup(say)
            }
        }
    }

    private func commentsBlock(_ section: ProposalOnDesk.Section) -> Markup {
        guard model.may.contains(.comment) || context.roles.contains(.fundManagementUnitOfficer) || !section.comments.isEmpty else {
            return .empty
        }
        let isWriter = model.may.contains(.comment)
        let audiences: [SectionComment.Audience] = isWriter ? [.writers, .secretariat] : [.secretariat]
        return workspaceBlock(say("writing.comments.title"), id: "comments", note: .text(say("writing.comments.note"))) {
            section.comments.isEmpty
                ? p(.class("dim")) { say("writing.comments.none") } : ul(.class("plain")) { section.comments.map { item($0, section) } }
            if !model.proposal.stage.isFinal, isWriter || context.roles.contains(.fundManagementUnitOfficer) {
                Form(
                    action: address(.section(code, section.id)),
                    fields: [
                        .hidden("document", document.rawValue),
                        FormField(
                            "audience", label: say("writing.comment.audience"),
                            kind: .radio(audiences.map { Choice($0.rawValue, say(SentenceKey("proposal.audience.\($0.rawValue)"))) }),
                            value: audiences.first?.rawValue),
                        FormField("remark", label: say("writing.comment.remark"), kind: .lines(rows: 3)),
                    ],
                    buttons: [FormButton(label: say("writing.comment.send"), weight: .secondary, sent: Self.step(.comment))]
                ).markup(say)
            }
        }
    }

    private func item(_ comment: SectionComment, _ section: ProposalOnDesk.Section) -> Markup {
        li {
            strong { person(comment.author) }
            span(.class("memo")) {
                moment(comment.writtenAt)
                " · \(say(SentenceKey("proposal.audience.\(comment.audience.rawValue)")))"
                if comment.settledAt != nil { " · \(say("writing.comment.settled"))" }
            }
            lines(comment.remark)
            if comment.settledAt == nil, !model.proposal.stage.isFinal {
                singleButtonForm(
                    FormButton(label: say("writing.comment.settle"), weight: .secondary, sent: Self.step(.settle)),
                    action: address(.section(code, section.id)),
                    hidden: [.hidden("document", document.rawValue), .hidden("comment", comment.id)])
            }
        }
    }

    // MARK: What was sent

    enum Step: String {
        case save
        /// The same, by the script.
        case autosave
        /// Saves, and shows more rows of a field.
        case more
        case merge
        case own
        case comment
        case settle
        /// Shows what a sheet or a form that came back holds.
        case read
        /// Puts it in place of what is there.
        case take
    }

    static let stepName = "step"

    static func step(_ step: Step) -> NamedValue { NamedValue(name: stepName, value: step.rawValue) }

    /// - Returns: the step, and what it is about where that is said: `more.partners`.
    static func step(in form: any NamedValues) -> (step: Step?, about: String) {
        let parts = (form.first(stepName) ?? Step.save.rawValue).split(separator: ".", maxSplits: 1).map(String.init)
        return (parts.first.flatMap(Step.init(rawValue:)), parts.count == 2 ? parts[1] : "")
    }

    func submitSection(_ id: String, _ form: any NamedValues, _ files: [UploadedFile]) async throws -> WorkspaceAnswer {
        let section = try found(id)
        let (step, about) = Self.step(in: form)
        switch step {
        case .own:
            return try await performing(section, .owned) {
                OwnSection(fund: fund, proposal: code, document: document, section: id, owner: form.first("owner"))
            }
        case .comment:
            guard let audience = SectionComment.Audience(rawValue: form.first("audience") ?? "") else { throw Failure.formUnreadable }
            return try await performing(section, .commented) {
                CommentSection(
                    fund: fund, proposal: code, document: document, section: id, audience: audience, remark: form.first("remark") ?? "")
            }
        case .settle:
            return try await performing(section, .commented) {
                SettleComment(fund: fund, proposal: code, document: document, comment: form.first("comment") ?? "")
            }
        case .merge: return try await SectionMerge(desk: self, section: section).submit(form)
        case .save, .more, .autosave:
            return try await SectionSaving(desk: self, section: section, form: form, files: files).answer(step ?? .save, more: about)
        default: throw Failure.formUnreadable
        }
    }

    private func performing<A: Action>(
        _ section: ProposalOnDesk.Section, _ outcome: Done, _ action: () -> A
    ) async throws -> WorkspaceAnswer {
        do {
            _ = try await context.office.perform(action(), by: context.visitor.actor)
            return done(outcome, at: .section(code, section.id))
        } catch let refusal as Refusal where refusal.kind == .ordinary {
            let notice = PageNotice(kind: .warning, text: inEnglish(refusal.sentence, say))
            var page = sectionPage(section, .empty)
            page.notice = notice
            return .page(page)
        }
    }
}
