internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension ProposalDesk {
    /// One proposal: how far it has come, what is written, submitted and signed, and what may be done next.
    func proposalPage() -> WorkspacePage {
        page(
            model.title,
            lead: .fragment {
                stageTag(model.proposal.stage)
                " "
                say.markup("writing.since-line", ["date": .markup(moment(model.proposal.stageSince)), "code": .text(code)])
            },
            .fragment {
                reasonNotice
                nextSteps
                documentSwitch
                factList([
                    (say("writing.revision-due"), revisionDue), (say("writing.call"), callLink),
                    (say("writing.lead"), .text(organization(model.proposal.lead))),
                    (
                        say("writing.with"),
                        .text(wording.list(model.proposal.organizations.filter { $0 != model.proposal.lead }.map(organization)))
                    ),
                ])
                if !model.sections.isEmpty, model.sight >= .submitted || model.may.contains(.comment) || hasComments { sectionsBlock }
                if let reading = model.reading { budgetBlock(reading.totals) }
                if !model.findings.isEmpty { criteriaBlock }
                if !model.versions.isEmpty { versionsBlock }
                if !model.signOffs.isEmpty { signaturesBlock }
                if !model.attachments.isEmpty { filesBlock }
                stagesBlock
            })
    }

    private var hasComments: Bool { model.sections.contains { !$0.comments.isEmpty } }

    private var reasonNotice: Markup {
        guard !model.proposal.stageReason.isEmpty, model.sight >= .submitted else { return .empty }
        return div(.class("confirm")) {
            h2 { wording.stage(model.proposal.stage) }
            lines(model.proposal.stageReason)
        }
    }

    private var revisionDue: Markup {
        guard let due = model.proposal.revisionDue, model.sight >= .submitted else { return .empty }
        return .fragment {
            say.markup("writing.until", ["date": .markup(moment(due.at)), "zone": .text(days.timeZone)])
            if !due.reason.isEmpty { lines(due.reason) }
        }
    }

    private var callLink: Markup {
        guard let call = model.call else { return .empty }
        let end = call.closesAt.map { closes in
            Markup.fragment {
                " · "
                say.markup("writing.until", ["date": .markup(moment(closes)), "zone": .text(days.timeZone)])
            }
        }
        return .fragment {
            context.link(.proposals(fund: fund, .call(call.code)), call.title)
            end ?? Markup.empty
        }
    }

    // MARK: What is next

    private var nextSteps: Markup {
        let first = model.sections.first { !($0.completeness?.isComplete ?? true) } ?? model.sections.first
        let isComplete = model.reading?.isComplete ?? false
        var (links, others): ([Markup], [Markup]) = ([], [])
        func link(_ step: ProposalOnDesk.Step, _ label: String, _ address: Address, _ weight: FormButton.Weight = .secondary) -> [Markup] {
            model.may.contains(step) ? [buttonLink(label, to: address, weight: weight)] : []
        }
        if let first {
            let place: ProposalsPlace = budgetSection?.id == first.id ? .budget(code) : .section(code, first.id)
            let label = say("writing.do.write", ["section": .text(first.section.title)])
            links += link(.write, label, address(place), isComplete ? .secondary : .primary)
        }
        let submit = link(.submit, say("writing.do.submit"), action(SubmitProposal.name), isComplete ? .primary : .secondary)
        // What comes first stands first.
        links = isComplete ? submit + links : links + submit
        links = link(.signOff, say("writing.do.sign"), address(.signOff(code)), .primary) + links
        let returns = model.proposal.stage.isReturned ? say("writing.do.change-due") : say("writing.do.return")
        links += link(.returnToWriters, returns, action(ReturnProposal.name))
        if seesDraft || !model.versions.isEmpty {
            links.append(buttonLink(say("writing.do.preview"), to: address(.preview(code))))
        }
        if writes { links.append(buttonLink(say("writing.do.offline"), to: address(.offline(code)))) }
        others += link(.changeOrganizations, say("writing.do.add-organization"), action(AddOrganization.name))
        if model.proposal.organizations.count > 1 {
            others += link(.changeOrganizations, say("writing.do.remove-organization"), action(RemoveOrganization.name))
        }
        others += link(.leave, say("writing.do.leave"), action(RemoveOrganization.name))
        others += link(.withdraw, say("writing.do.withdraw"), action(WithdrawProposal.name))
        guard !links.isEmpty || !others.isEmpty else { return .empty }
        return .fragment {
            if writes, model.may.contains(.submit), !isComplete {
                p(.class("note")) { say("writing.not-complete", ["count": .number(model.reading?.problems.count ?? 0)]) }
            }
            if !links.isEmpty { div(.class("buttons steps")) { links } }
            if !others.isEmpty {
                details(.class("other-steps")) {
                    summary { say("writing.do.more") }
                    div(.class("buttons")) { others }
                }
            }
        }
    }

    private var documentSwitch: Markup {
        let documents = ProposalDocument.allCases.filter { model.terms.form($0) != nil }
        guard documents.count > 1, model.proposal.stage.document == .jointProgrammeDocument || document == .jointProgrammeDocument else {
            return p(.class("note")) { documentName }
        }
        return nav(.class("filters"), .aria(.label, say("writing.documents"))) {
            ul {
                documents.map { other in
                    let here: [Attribute] = other == document ? [.aria(.current, "page")] : []
                    let address = WorkspaceContext.address(
                        .proposals(fund: fund, .proposal(code)), query: [("document", other.rawValue)])
                    return li { a([.href(address)] + here) { say(SentenceKey("proposal.document.\(other.rawValue)")) } }
                }
            }
        }
    }

    // MARK: Sections

    var budgetSection: ProposalForm.Section? { model.form.budget?.section }

    /// Where a section is written or read.
    private func place(of section: ProposalForm.Section) -> ProposalsPlace {
        // A section with nothing but the budget has its own page for that.
        section.fields.count == 1 && section.id == budgetSection?.id && seesDraft ? .budget(code) : .section(code, section.id)
    }

    private var sectionsBlock: Markup {
        workspaceBlock(say("writing.sections"), id: "sections", note: .text(seesDraft ? say("writing.sections.note") : "")) {
            RecordTable(
                caption: say("writing.sections"),
                columns: [
                    .init(label: say("writing.section"), isName: true), .init(label: say("writing.completeness")),
                    .init(label: say("writing.owner")), .init(label: say("writing.saved")), .init(label: say("writing.comments.title")),
                ],
                rows: model.sections.map { section in
                    let open = section.comments.count { $0.settledAt == nil }
                    return [
                        link(place(of: section.section), section.section.title), completeness(section),
                        .text(section.owner.map(person) ?? ""),
                        section.draft.map { draft in
                            Markup.fragment {
                                moment(draft.savedAt)
                                span(.class("memo")) { person(draft.author) }
                            }
                        } ?? .empty,
                        .text(open == 0 ? "" : say("writing.comments.open", ["count": .number(open)])),
                    ]
                }
            ).withoutEmptyColumns().markup()
        }
    }

    private func completeness(_ section: ProposalOnDesk.Section) -> Markup {
        guard seesDraft, let completeness = section.completeness else { return .empty }
        if section.aside != nil { return strong { say("writing.state.differing") } }
        if completeness.isComplete { return .text("✓ \(say("writing.state.complete"))") }
        return .text(
            completeness.missing.isEmpty
                ? say("writing.state.wrong")
                : say("writing.state.missing", ["count": .number(completeness.missing.count), "asked": .number(completeness.asked)]))
    }

    // MARK: Budget and criteria

    private func budgetBlock(_ totals: BudgetGrid.Totals) -> Markup {
        guard model.form.budget != nil else { return .empty }
        return workspaceBlock(say("writing.budget.title"), id: "budget", note: link(.budget(code), say("writing.budget.open"))) {
            totals.organizations.isEmpty ? p(.class("dim")) { say("writing.budget.none") } : totalsTable(totals)
        }
    }

    func totalsTable(_ totals: BudgetGrid.Totals) -> Markup {
        RecordTable(
            caption: say("writing.budget.caption", ["currency": .text(currency.code)]),
            columns: [
                .init(label: say("column.organization"), isName: true), .init(label: say("writing.budget.direct"), isNumber: true),
                .init(label: say("writing.budget.indirect"), isNumber: true), .init(label: say("total"), isNumber: true),
            ],
            rows: totals.organizations.map { own in
                [.text(organization(own.organization)), amount(own.direct), amount(own.indirect), amount(own.total)]
            },
            total: [.text(say("total")), amount(totals.direct), amount(totals.indirect), amount(totals.total)]
        ).markup()
    }

    func amount(_ money: Money) -> Markup { .text(wording.amount(money)) }

    private var criteriaBlock: Markup {
        workspaceBlock(say("writing.criteria"), id: "criteria", note: .text(say("writing.criteria.note"))) {
            RecordTable(
                caption: say("writing.criteria"),
                columns: [
                    .init(label: say("writing.criterion"), isName: true), .init(label: say("writing.answer")),
                    .init(label: say("writing.found")),
                ],
                rows: model.findings.map { finding in
                    let rule = model.terms.eligibility.first { $0.id == finding.rule }
                    return [
                        .text(rule.map(context.ruleText) ?? finding.rule),
                        .text(say(SentenceKey("writing.answer.\(finding.answer.rawValue)"))),
                        .text(context.foundText(finding, model.terms)),
                    ]
                }
            ).markup()
        }
    }

    // MARK: What was submitted

    private var versionsBlock: Markup {
        workspaceBlock(say("writing.versions"), id: "versions", note: .text(say("writing.versions.note"))) {
            ul(.class("plain")) {
                model.versions.reversed().map { version in
                    li {
                        strong { say("writing.version", ["number": .number(version.number)]) }
                        " · "
                        moment(version.submittedAt)
                        p(.class("links")) {
                            link(.preview(code), say("writing.read"), [("version", String(version.number))])
                            " · "
                            link(.signaturePage(code), say("writing.signature-page"), [("version", String(version.number))])
                            if version.number > 1 {
                                " · "
                                link(
                                    .compare(code), say("writing.compare-with", ["number": .number(version.number - 1)]),
                                    [("from", String(version.number - 1)), ("to", String(version.number))])
                            }
                        }
                        digest(version)
                    }
                }
            }
        }
    }

    func digest(_ version: ProposalVersion) -> Markup {
        p(.class("digest")) {
            "SHA-256 "
            HTML.code { hexadecimal(version.contentDigest) }
        }
    }

    private var signaturesBlock: Markup {
        workspaceBlock(say("writing.signatures"), id: "signatures", note: .text(say("writing.signatures.note"))) {
            RecordTable(
                caption: say("writing.signatures"),
                columns: [
                    .init(label: say("writing.party"), isName: true), .init(label: say("column.organization")),
                    .init(label: say("writing.signed")),
                ],
                rows: model.signOffs.map { asked in
                    [
                        .text(asked.label), .text((asked.signed?.organization ?? asked.organization).map(organization) ?? ""),
                        asked.signed.map { signed in
                            Markup.fragment {
                                "✓ "
                                moment(signed.signedAt)
                                if signed.page != nil { span(.class("memo")) { say("writing.signed.page") } }
                            }
                        } ?? .text(say(asked.isRequired ? "writing.signed.awaited" : "writing.signed.optional")),
                    ]
                }
            ).markup()
        }
    }

    private var filesBlock: Markup {
        workspaceBlock(say("writing.files"), id: "files") { fileList(model.attachments) }
    }

    func fileList(_ files: [ProposalAttachment]) -> Markup {
        ul(.class("plain")) {
            files.map { file in
                li {
                    a(.href(WorkspaceContext.address(.proposals(fund: fund, .file(code, file.id))))) { bdi { file.name } }
                    span(.class("memo")) {
                        model.form.fields.first { $0.field.id == file.field }?.field.label ?? file.field
                        " · \(nameExtension(of: file).uppercased()), \(fileSize(file.size)) · "
                        moment(file.attachedAt)
                    }
                }
            }
        }
    }

    private var stagesBlock: Markup {
        workspaceBlock(say("writing.stages"), id: "stages") {
            ol(.class("plain stages")) {
                model.stages.map { reached in
                    li {
                        strong { wording.stage(reached.stage) }
                        " · "
                        moment(reached.since)
                        if !reached.reason.isEmpty { lines(reached.reason) }
                    }
                }
            }
        }
    }

    /// A text of several lines as paragraphs, each in whatever direction it is written.
    func lines(_ text: String) -> Markup {
        .fragment { text.split(separator: "\n").map { line in p(.dir(.automatic)) { String(line) } } }
    }
}
