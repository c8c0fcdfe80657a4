internal import HTML
internal import Ledger
internal import PooledFund

extension Brief {
    /// The brief as plain text, in lines of at most 78 columns: it can be sent as an e-mail as it is.
    public func text() -> String {
        var setter = TextSetter()
        let identity = record.terms.identity
        setter.paragraph(identity.knownAs.uppercased())
        if !identity.headline.isEmpty { setter.line(identity.headline) }
        setter.line(say("brief.subtitle", ["date": .text(date)]))
        if record.isBeforeFirstRecord {
            setter.paragraph(nothingOnRecord)
            setContact(&setter)
            setter.paragraph(say("brief.closing.before-first-record", ["head": .text(record.head.description)]))
            return setter.text
        }
        set("context", heading: "brief.context", &setter)
        setter.heading(say("brief.fund"))
        template("fund").map { set($0, &setter) }
        setKeyFigures(&setter)
        set("whole-of-government", heading: "brief.whole-of-government", &setter)
        setWhatWeDo(&setter)
        setReadyToDo(&setter)
        setSupport(&setter)
        setContact(&setter)
        setNotes(&setter)
        return setter.text
    }

    private func set(_ name: String, heading: SentenceKey, _ setter: inout TextSetter) {
        guard let template = template(name) else { return }
        setter.heading(say(heading))
        set(template, &setter)
    }

    private func set(_ template: TextTemplate, _ setter: inout TextSetter) {
        for block in template.blocks {
            switch block {
            case .paragraph(let parts): setter.paragraph(text(parts))
            case .list(let items):
                setter.gap()
                for item in items { setter.item(text(item)) }
            }
        }
    }

    private func text(_ parts: [TextTemplate.Part]) -> String {
        parts.map { part in
            wording.text(part, of: record) + (unconfirmedStatement(part) == nil ? "" : say("brief.stated.mark"))
        }.joined()
    }

    private func setKeyFigures(_ setter: inout TextSetter) {
        setter.gap()
        for key in keyFigures {
            guard let value = key.figure.value else {
                setter.row(wording.label(key.figure.key), say("figure.none"))
                continue
            }
            setter.row(wording.label(key.figure.key), wording.valueInText(value))
            switch key.note {
            case .including(let part)?:
                let sentence: SentenceKey = key.figure.key == .contributors ? "brief.contributors.including" : "brief.areas.including"
                setter.rowNote(say(sentence, ["count": .text(self.value(part))]))
            case .statedInAll(let statement)?:
                setter.rowNote(say("brief.programmes.stated", ["stated": .text(qualifiedValue(statement) + say("brief.stated.mark"))]))
            case nil: break
            }
        }
    }

    private func setWhatWeDo(_ setter: inout TextSetter) {
        let groups = groups(.operational)
        guard template("what-we-do") != nil || !groups.isEmpty else { return }
        setter.heading(say("brief.what-we-do"))
        template("what-we-do").map { set($0, &setter) }
        authoritiesNote(groups).map { setter.paragraph($0) }
        set(groups, &setter)
    }

    private func setReadyToDo(_ setter: inout TextSetter) {
        guard showsPipeline else { return }
        setter.heading(say("brief.ready-to-do"))
        template("ready-to-do").map { set($0, &setter) }
        withheldNote.map { setter.paragraph($0) }
        set(groups(.pipeline), &setter)
    }

    private func set(_ groups: [Group], _ setter: inout TextSetter) {
        for group in groups {
            setter.subheading(
                group.area.map { area in
                    let name = TextSetter.isolated(area.name)
                    let heading = say("brief.area.heading", ["label": .text(areaLabel(area)), "name": .text(name)])
                    return area.standing.isConfirmed ? heading : heading + unconfirmedMark
                } ?? areaLabel(nil))
            for programme in group.programmes { set(programme, &setter) }
        }
    }

    private func set(_ programme: ProgrammeOnRecord, _ setter: inout TextSetter) {
        let facts = unconfirmedFacts(of: programme)
        func mark(_ fact: Fact) -> String { facts.contains(fact) ? unconfirmedMark : "" }
        let countries = TextSetter.isolated(wording.place(of: programme.programme, in: record).uppercased())
        setter.paragraph(
            say(
                "brief.programme.heading",
                ["countries": .text(countries + mark(.countries)), "budget": .text(budget(of: programme) + mark(.budget))]))
        setter.line(TextSetter.isolated(quoted(programme.programme.title)) + mark(.title) + mark(.thematicArea))
        let organizations = organizations(of: programme).map(TextSetter.isolated).joined(separator: say("list.separator"))
        let parties = labelled("brief.organizations", organizations.isEmpty ? say("brief.organizations.none") : organizations)
        setter.line(parties + mark(.organizations))
        let summary = programme.programme.summary.isEmpty ? say("brief.summary.none") : TextSetter.isolated(programme.programme.summary)
        setter.line(summary + mark(.summary))
        let authorities = authorities(of: programme).map(TextSetter.isolated).joined(separator: say("brief.authorities.separator"))
        setter.line(labelled("brief.authorities", authorities.isEmpty ? say("brief.authorities.none") : authorities))
    }

    private var unconfirmedMark: String { say("brief.unconfirmed.mark") }

    private func labelled(_ label: SentenceKey, _ text: String) -> String {
        say("brief.labelled", ["label": .text(say(label)), "text": .text(text)])
    }

    private func setSupport(_ setter: inout TextSetter) {
        guard showsSupport else { return }
        setter.heading(say("brief.support"))
        template("support").map { set($0, &setter) }
        setter.gap()
        for key in [FigureKey.capitalizationTarget, .contributionsMobilized, .mobilizedShare] {
            setter.row(wording.label(key), value(record.figure(key)))
            if key == .capitalizationTarget, let target {
                let occasion = target.occasion.isEmpty ? "" : say("brief.target.occasion", ["occasion": .text(target.occasion)])
                setter.rowNote(occasion + (target.standing.isConfirmed ? "" : unconfirmedMark))
            }
        }
        guard !record.contributions.isEmpty else { return }
        setter.subheading(say("brief.contributors", ["date": .text(date)]))
        setter.gap()
        for item in record.contributions { setter.row(TextSetter.isolated(item.contributor.name), amount(item.amount)) }
        setter.rule()
        let total = record.figure(.contributionsMobilized)
        setter.row(say("brief.contributors.total"), total.value == nil ? value(total) : amount(record.contributionsMobilized))
    }

    private func setContact(_ setter: inout TextSetter) {
        let contact = record.terms.identity.contact
        setter.heading(say("brief.contact"))
        setter.paragraph(contact.name + (contact.standing.isConfirmed ? "" : unconfirmedMark))
        for line in contact.lines { setter.line(line) }
        if !contact.email.isEmpty { setter.line(labelled("brief.email", contact.email)) }
        for address in contact.web { setter.line(labelled("brief.web", address)) }
    }

    private func setNotes(_ setter: inout TextSetter) {
        setter.heading(say("brief.sources"))
        if !statements.isEmpty {
            setter.paragraph(say("brief.stated.note"))
            for statement in statements { setter.item(text(of: statement)) }
        }
        if hasUnconfirmedFacts { setter.paragraph(say("brief.unconfirmed.note")) }
        setter.gap()
        for source in sources {
            let citation = citation(source)
            let parts = [citation.title, citation.details].filter { !$0.isEmpty }.map(TextSetter.isolated)
            setter.item(parts.joined(separator: say("list.separator")))
            if !source.address.isEmpty { setter.line(source.address, indent: 2) }
        }
        setter.paragraph(say("brief.closing", ["date": .text(date), "head": .text(record.head.description)]))
    }

    private func text(of statement: PublishedStatement) -> String {
        let recorded = record.recorded(statement)
        let stated = qualifiedValue(statement)
        let date = wording.date(statement.asOf)
        guard let recorded, recorded.value != nil else {
            return say("brief.stated.item.unrecorded", ["label": .text(statement.label), "stated": .text(stated), "date": .text(date)])
        }
        return say(
            "brief.stated.item",
            ["label": .text(statement.label), "stated": .text(stated), "date": .text(date), "recorded": .text(value(recorded))])
    }
}
