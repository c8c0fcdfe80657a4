public import HTML
internal import Ledger
public import PooledFund

extension Brief {
    /// The brief below its title, as typed HTML whose headings begin at the second level.
    ///
    /// Every figure passes through `figure` with the words that give it, so that a page can link it to its trace. What a contributor gave and
    /// what a programme may cost are records rather than figures; they pass through the other two, which leave them as they are unless told.
    public func content(
        figure: @escaping (Figure, String) -> Markup,
        contribution: @escaping (PublicRecord.ContributionOnRecord, String) -> Markup = { .text($1) },
        budget: @escaping (ProgrammeOnRecord, String) -> Markup = { .text($1) }
    ) -> Markup {
        BriefContent(brief: self, figure: figure, contribution: contribution, budget: budget).markup
    }
}

/// The brief as markup, with what the caller makes of its figures.
struct BriefContent {
    let brief: Brief
    let figure: (Figure, String) -> Markup
    let contribution: (PublicRecord.ContributionOnRecord, String) -> Markup
    let budget: (ProgrammeOnRecord, String) -> Markup

    var record: PublicRecord { brief.record }
    var say: Catalogue { brief.say }
    var wording: Wording { brief.wording }

    var markup: Markup {
        div(.class("brief")) {
            if record.isBeforeFirstRecord {
                p(.class("brief-nothing")) { brief.nothingOnRecord }
                contact
                closing("brief.closing.before-first-record")
            } else {
                text("context", id: "brief-context", heading: "brief.context")
                fund
                text("whole-of-government", id: "brief-whole-of-government", heading: "brief.whole-of-government")
                whatWeDo
                readyToDo
                support
                contact
                notes
            }
        }
    }

    // MARK: Sections

    private func section(_ id: String, _ heading: SentenceKey, opening: Markup, rest: Markup = .empty) -> Markup {
        HTML.section(.class("brief-section"), .id(id), .aria(.labelledby, "\(id)-heading")) {
            div(.class("brief-opening")) {
                h2(.id("\(id)-heading")) { say(heading) }
                div(.class("brief-text")) { opening }
            }
            rest
        }
    }

    private func text(_ name: String, id: String, heading: SentenceKey) -> Markup {
        brief.template(name).map { section(id, heading, opening: paragraphs($0)) } ?? .empty
    }

    private var fund: Markup {
        section(
            "brief-fund", "brief.fund", opening: brief.template("fund").map(paragraphs) ?? .empty,
            rest: HTML.section(.class("brief-figures"), .aria(.label, say("brief.key-figures"))) {
                dl { brief.keyFigures.map(keyFigure) }
            })
    }

    private func keyFigure(_ key: Brief.KeyFigure) -> Markup {
        div {
            dt { wording.label(key.figure.key) }
            dd {
                if let value = key.figure.value {
                    strong { figure(key.figure, wording.valueInText(value)) }
                } else {
                    figure(key.figure, brief.value(key.figure))
                    key.figure.reason.map { reason in small { wording.reason(reason) } }
                }
                if key.figure.value != nil { key.note.map { note in small { self.note(note, of: key.figure.key) } } }
            }
        }
    }

    private func note(_ note: Brief.KeyFigure.Note, of key: FigureKey) -> Markup {
        switch note {
        case .including(let part):
            let sentence: SentenceKey = key == .contributors ? "brief.contributors.including" : "brief.areas.including"
            return say.markup(sentence, ["count": .markup(figure(part, brief.value(part)))])
        case .statedInAll(let statement):
            return say.markup("brief.programmes.stated", ["stated": .markup(stated(brief.qualifiedValue(statement)))])
        }
    }

    private var whatWeDo: Markup {
        let groups = brief.groups(.operational)
        guard brief.template("what-we-do") != nil || !groups.isEmpty else { return .empty }
        return section(
            "brief-what-we-do", "brief.what-we-do",
            opening: .sequence([brief.template("what-we-do").map(paragraphs) ?? .empty, note(brief.authoritiesNote(groups))]),
            rest: areas(groups))
    }

    private var readyToDo: Markup {
        guard brief.showsPipeline else { return .empty }
        return section(
            "brief-ready-to-do", "brief.ready-to-do",
            opening: .sequence([brief.template("ready-to-do").map(paragraphs) ?? .empty, note(brief.withheldNote)]),
            rest: areas(brief.groups(.pipeline)))
    }

    private func note(_ text: String?) -> Markup { text.map { text in p(.class("brief-note")) { text } } ?? .empty }

    // MARK: Programmes

    private func areas(_ groups: [Brief.Group]) -> Markup {
        .sequence(
            groups.map { group in
                HTML.section(.classes(["brief-area", group.area.map { "area-\($0.number)" }])) {
                    h3 {
                        if let area = group.area {
                            span(.class("brief-area-number"), .aria(.hidden, "true")) { wording.integer(area.number) }
                            span(.class("brief-area-label")) { brief.areaLabel(area) }
                            " "
                            span(.class("brief-area-name")) { bdi { area.name } }
                            if !area.standing.isConfirmed { unconfirmed }
                        } else {
                            span(.class("brief-area-name")) { brief.areaLabel(nil) }
                        }
                    }
                    group.programmes.map(programme)
                }
            })
    }

    private func programme(_ programme: ProgrammeOnRecord) -> Markup {
        let facts = brief.unconfirmedFacts(of: programme)
        func mark(_ fact: Brief.Fact) -> Markup { facts.contains(fact) ? unconfirmed : .empty }
        return article(.class("brief-programme")) {
            h4 {
                span(.class("brief-countries")) { bdi { wording.place(of: programme.programme, in: record) } }
                mark(.countries)
                " "
                span(.class("brief-budget")) { budget(programme, brief.budget(of: programme)) }
                mark(.budget)
            }
            div(.class("brief-programme-text")) {
                p(.class("brief-programme-title")) {
                    bdi { brief.quoted(programme.programme.title) }
                    mark(.title)
                    mark(.thematicArea)
                }
                party("brief.organizations") {
                    list(brief.organizations(of: programme), separator: "list.separator", otherwise: "brief.organizations.none")
                    mark(.organizations)
                }
                p(.class("brief-summary")) {
                    if programme.programme.summary.isEmpty { say("brief.summary.none") } else { bdi { programme.programme.summary } }
                    mark(.summary)
                }
                party("brief.authorities") {
                    list(brief.authorities(of: programme), separator: "brief.authorities.separator", otherwise: "brief.authorities.none")
                }
            }
        }
    }

    private func party(_ label: SentenceKey, @MarkupBuilder _ names: () -> Markup) -> Markup {
        p(.class("brief-party")) { say.markup("brief.labelled", ["label": span(.class("brief-label")) { say(label) }, "text": names()]) }
    }

    private func list(_ names: [String], separator: SentenceKey, otherwise: SentenceKey) -> Markup {
        guard !names.isEmpty else { return span(.class("brief-none")) { say(otherwise) } }
        return .sequence(
            names.enumerated().map { index, name in
                .sequence([index == 0 ? .empty : .text(say(separator)), bdi { name }])
            })
    }

    private var unconfirmed: Markup {
        .sequence([.text(" "), span(.class("brief-unconfirmed")) { say("brief.unconfirmed") }])
    }

    // MARK: Support

    private var support: Markup {
        guard brief.showsSupport else { return .empty }
        return section(
            "brief-support", "brief.support", opening: brief.template("support").map(paragraphs) ?? .empty,
            rest: .sequence([progress, contributors]))
    }

    private var progress: Markup {
        let figures = [FigureKey.capitalizationTarget, .contributionsMobilized, .mobilizedShare].map(record.figure)
        return HTML.section(.class("brief-progress"), .aria(.label, wording.label(.mobilizedShare))) {
            dl {
                figures.map { item in
                    div {
                        dt { wording.label(item.key) }
                        dd {
                            strong { figure(item, brief.value(item)) }
                            if item.value == nil { item.reason.map { reason in small { wording.reason(reason) } } }
                            if item.key == .capitalizationTarget, let target = brief.target {
                                if !target.occasion.isEmpty { small { say("brief.target.occasion", ["occasion": .text(target.occasion)]) } }
                                if !target.standing.isConfirmed { unconfirmed }
                            }
                        }
                    }
                }
            }
            if let target = brief.target, record.figure(.mobilizedShare).value != nil {
                Bar(value: record.contributionsMobilized.minorUnits, maximum: target.amount.minorUnits).markup()
            }
        }
    }

    private var contributors: Markup {
        guard let largest = record.contributions.first else { return .empty }
        let total = record.figure(.contributionsMobilized)
        return HTML.section(.class("brief-contributors"), .aria(.labelledby, "brief-contributors-heading")) {
            h3(.id("brief-contributors-heading")) { say("brief.contributors", ["date": .text(brief.date)]) }
            table(.aria(.labelledby, "brief-contributors-heading")) {
                thead {
                    tr {
                        th(.scope(.col)) { say("brief.contributors.name") }
                        td {}
                        th(.scope(.col), .class("brief-amount")) { say("brief.contributors.amount") }
                    }
                }
                tbody {
                    record.contributions.map { item in
                        tr {
                            th(.scope(.row)) {
                                bdi { item.contributor.name }
                                if item.contributor.kind != .memberState {
                                    " "
                                    small { wording.kind(item.contributor.kind) }
                                }
                            }
                            td(.class("brief-bar")) { Bar(value: item.amount.minorUnits, maximum: largest.amount.minorUnits).markup() }
                            td(.class("brief-amount")) { contribution(item, brief.amount(item.amount)) }
                        }
                    }
                }
                tfoot {
                    tr {
                        th(.scope(.row)) { say("brief.contributors.total") }
                        td {}
                        td(.class("brief-amount")) {
                            figure(total, total.value == nil ? brief.value(total) : brief.amount(record.contributionsMobilized))
                        }
                    }
                }
            }
        }
    }

    // MARK: Contact and notes

    private var contact: Markup {
        let contact = record.terms.identity.contact
        return section(
            "brief-contact", "brief.contact",
            opening: HTML.address {
                p {
                    strong { bdi { contact.name } }
                    if !contact.standing.isConfirmed { unconfirmed }
                    contact.lines.map { line in
                        .sequence([br(), bdi { line }])
                    }
                }
                p {
                    if !contact.email.isEmpty { link(contact.email, to: Address("mailto:\(contact.email)")) }
                    contact.web.enumerated().map { index, text in
                        .sequence([index == 0 && contact.email.isEmpty ? .empty : br(), link(text, to: Address(text))])
                    }
                }
            })
    }

    private func link(_ text: String, to address: Address?) -> Markup {
        address.map { address in a(.href(address)) { text } } ?? bdi { text }
    }

    private var notes: Markup {
        section(
            "brief-sources", "brief.sources",
            opening: .sequence([
                statedNotes,
                brief.hasUnconfirmedFacts ? p { say("brief.unconfirmed.note") } : .empty,
                brief.sources.isEmpty ? .empty : ul(.class("brief-source-list")) { brief.sources.map(source) },
                closing("brief.closing"),
            ]))
    }

    @MarkupBuilder private var statedNotes: Markup {
        if !brief.statements.isEmpty {
            p(.id("brief-stated")) { say("brief.stated.note") }
            ul {
                brief.statements.map { statement in
                    li {
                        let recorded = record.recorded(statement)
                        let date = wording.date(statement.asOf)
                        if let recorded, recorded.value != nil {
                            say.markup(
                                "brief.stated.item",
                                [
                                    "label": .text(statement.label), "stated": .text(brief.qualifiedValue(statement)), "date": .text(date),
                                    "recorded": .markup(figure(recorded, brief.value(recorded))),
                                ])
                        } else {
                            say(
                                "brief.stated.item.unrecorded",
                                ["label": .text(statement.label), "stated": .text(brief.qualifiedValue(statement)), "date": .text(date)])
                        }
                    }
                }
            }
        }
    }

    private func source(_ source: Source) -> Markup {
        let citation = brief.citation(source)
        return li {
            cite { bdi { citation.title } }
            if !citation.details.isEmpty {
                say("list.separator")
                bdi { citation.details }
            }
            if !source.address.isEmpty {
                " "
                link(source.address, to: Address(source.address).flatMap { $0.text.contains("://") ? $0 : nil })
            }
        }
    }

    private func closing(_ key: SentenceKey) -> Markup {
        p(.class("brief-closing")) {
            say.markup(key, ["date": .text(brief.date), "head": .markup(code { record.head.description })])
        }
    }

    // MARK: Texts

    private func paragraphs(_ template: TextTemplate) -> Markup {
        .sequence(
            template.blocks.map { block in
                switch block {
                case .paragraph(let parts): p { parts.map(part) }
                case .list(let items): ul { items.map { item in li { item.map(part) } } }
                }
            })
    }

    private func part(_ part: TextTemplate.Part) -> Markup {
        let text = wording.text(part, of: record)
        if case .figure(let key) = part { return figure(record.figure(key), text) }
        return brief.unconfirmedStatement(part) == nil ? .text(text) : stated(text)
    }

    /// A value that the fund states and the record does not confirm, marked.
    private func stated(_ text: String) -> Markup {
        .sequence([
            .text(text),
            a(.class("brief-mark"), .href(Address(fragment: "brief-stated")), .aria(.label, say("brief.stated.mark.label"))) {
                sup { say("brief.stated.mark") }
            },
        ])
    }
}
