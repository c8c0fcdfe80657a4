internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func termsPage() throws -> Page {
        let standings = terms.allStandings
        let unconfirmed = standings.count { !$0.isConfirmed }
        return Page(
            title: say("terms.title"),
            lead: .text(say("terms.lead", ["all": .number(standings.count), "unconfirmed": .number(unconfirmed)])),
            content: .fragment {
                identityBlock
                block(say("terms.targets"), id: TermsSection.targets.rawValue) {
                    items(
                        terms.targets, \.standing,
                        name: { target in .fragment { wording.money(target.amount) } },
                        detail: { target in
                            say("terms.target", ["occasion": .text(target.occasion), "by": .text(target.by.map(wording.date) ?? "–")])
                        })
                }
                block(say("thematic-areas.title"), id: TermsSection.thematicAreas.rawValue) {
                    items(
                        terms.thematicAreas, \.standing,
                        name: { area in
                            .fragment {
                                areaTag(area.number); " "; link(.thematicArea(area.number), area.name)
                            }
                        },
                        detail: { area in
                            say("terms.area", ["objectives": .text(wording.list(area.objectives.map(String.init)))])
                                + (area.hasSensitivePlaces ? " \(say("thematic-area.sensitive"))" : "")
                        })
                }
                block(say("terms.principles")) { items(terms.principles, \.standing, name: { .text("(\($0.id)) \($0.name)") }) }
                block(say("terms.regions")) { items(terms.regions, \.standing, name: { .text($0.name) }) }
                block(say("terms.markers")) {
                    items(terms.markers, \.standing, name: { .text($0.name) }) { marker in
                        marker.scale.isEmpty
                            ? say("terms.marker.no-scale")
                            : say(
                                "terms.marker",
                                ["scale": .text(marker.scale.joined(separator: " – ")), "minimum": .text(marker.minimum ?? "–")])
                    }
                }
                block(say("terms.eligibility")) {
                    items(terms.eligibility, \.standing, name: { .text($0.rule) }) { rule in
                        rule.value.map { "\(wording.integer($0)) \(rule.unit)" } ?? ""
                    }
                }
                block(say("terms.fees")) {
                    items(terms.fees, \.standing, name: { .text($0.name) }) { fee in
                        say("terms.fee", ["rate": .text(say.language.percent(plain(fee.rate))), "basis": .text(fee.basis)])
                    }
                }
                block(say("terms.categories")) { items(terms.budgetCategories, \.standing, name: { .text("\($0.number) \($0.name)") }) }
                block(say("terms.deadlines")) {
                    items(terms.deadlines, \.standing, name: { .text($0.name) }) { deadline in
                        say(
                            SentenceKey("terms.deadline.\(deadline.period.rawValue)"),
                            [
                                "day": .text(dayOfYear(deadline)), "from": .text(deadline.from), "to": .text(deadline.to),
                            ])
                    }
                }
                assessmentBlock
                committeeBlock
                committeeRulesBlock
                remindersBlock
                block(say("objectives.title"), id: TermsSection.objectives.rawValue, note: .text(terms.objectivesFramework)) {
                    items(terms.objectives, \.standing, name: { .text("\($0.number) \($0.title)") })
                }
                block(say("terms.coverage")) {
                    items(terms.coverage, \.standing, name: { .text(say(SentenceKey("coverage.\($0.records.rawValue)"))) }) { coverage in
                        say("terms.coverage.as-of", ["date": .text(wording.date(coverage.asOf))])
                    }
                }
            }
        )
    }

    private var identityBlock: Markup {
        let identity = terms.identity
        return block(say("terms.identity"), id: TermsSection.identity.rawValue) {
            facts([
                (say("terms.legal-name"), .text(identity.name)), (say("terms.code"), .text(identity.code)),
                (say("terms.launched"), identity.launchedOn.map { .text(wording.date($0)) } ?? .text(say("figure.none"))),
                (say("terms.currency"), .text("\(identity.currency.code), \(identity.currencyName)")),
                (say("terms.time-zone"), .text(identity.timeZone)),
                (
                    say("terms.contact"),
                    .fragment {
                        identity.contact.name
                        identity.contact.lines.map { line in
                            Markup.fragment {
                                br(); line
                            }
                        }
                        br()
                        if let address = Address("mailto:\(identity.contact.email)") { a(.href(address)) { identity.contact.email } }
                        identity.contact.web.map { web in
                            Markup.fragment {
                                br(); if let address = Address(web) { a(.href(address)) { web } }
                            }
                        }
                    }
                ),
                (say("fact.source"), identity.standing.source.map(sourceLink) ?? .empty), (say("fact.note"), note(identity.standing.note)),
            ])
        }
    }

    private var committeeBlock: Markup {
        let committee = terms.committee
        return block(committee.name, note: note(committee.standing.note)) {
            facts([
                (say("terms.chair"), .text(committee.chair)), (say("terms.decides-by"), .text(committee.decidesBy)),
                (say("fact.source"), committee.standing.source.map(sourceLink) ?? .empty),
            ])
            h3 { say("terms.seats") }
            items(committee.seats, \.standing, name: { .text($0.constituency) }) { seat in
                guard let holder = seat.holder else { return say("terms.seat.unknown") }
                guard let from = seat.from else { return holder }
                return say(
                    "terms.seat",
                    ["holder": .text(holder), "from": .text(wording.date(from)), "to": .text(seat.to.map(wording.date) ?? "–")])
            }
        }
    }

    /// Items of the Terms with what is said of each, where it comes from and whether it is confirmed.
    func items<Item>(
        _ items: [Item], _ standing: (Item) -> Standing, name: (Item) -> Markup, detail: (Item) -> String = { _ in "" }
    ) -> Markup {
        ul(.class("terms")) {
            items.map { item in
                let standing = standing(item)
                return li {
                    div(.class("item")) {
                        name(item)
                        unconfirmedMark(!standing.isConfirmed)
                    }
                    let said = detail(item)
                    if !said.isEmpty { div(.class("detail")) { said } }
                    if standing.source != nil || standing.effectiveOn != nil {
                        div(.class("memo")) {
                            if let date = standing.effectiveOn { say("terms.effective", ["date": .text(wording.date(date))]) }
                            if standing.source != nil, standing.effectiveOn != nil { " · " }
                            if let source = standing.source { sourceLink(source) }
                        }
                    }
                    if !standing.note.isEmpty { div(.class("memo")) { note(standing.note) } }
                }
            }
        }
    }

    private func dayOfYear(_ deadline: Deadline) -> String {
        say(
            "terms.deadline.day",
            [
                "day": .number(deadline.day),
                "month": .text(
                    say.language.months.indices.contains(deadline.month - 1)
                        ? say.language.months[deadline.month - 1] : String(deadline.month)),
            ])
    }

    /// A rate as a percentage with no more digits than it has.
    func plain(_ rate: Ratio) -> String {
        var text = rate.percent(places: 4)
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

extension Terms {
    /// Every item's standing.
    fileprivate var allStandings: [Standing] {
        targets.map(\.standing) + thematicAreas.map(\.standing) + objectives.map(\.standing) + principles.map(\.standing)
            + regions.map(\.standing)
            + markers.map(\.standing) + eligibility.map(\.standing) + fees.map(\.standing) + budgetCategories.map(\.standing)
            + deadlines.map(\.standing) + committee.seats.map(\.standing) + coverage.map(\.standing) + [
                identity.standing, committee.standing,
            ] + committee.rules.allStandings + [assessment?.standing, reminders.standing].compactMap(\.self)
    }
}
