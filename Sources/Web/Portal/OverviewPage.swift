internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    /// What the fund is, what it received and from whom, what it funds and where, and whether it is balanced: in ten seconds.
    func overviewPage() throws -> Page {
        let operational = record.programmes(ProgrammeFilter(status: .known(.operational)))
        let pipeline = record.programmes(ProgrammeFilter(status: .known(.pipeline)))
        return Page(
            title: terms.identity.knownAs, lead: overviewLead,
            content: .fragment {
                keyFigures
                towardsTheTarget
                div(.class("columns")) {
                    block(say("overview.map"), note: .text(say("overview.map.note"))) {
                        map(operational: operational, pipeline: pipeline)
                    }
                    try? balanceSummary()
                }
                div(.class("columns")) {
                    contributorsSummary
                    block(say("overview.programmes"), more: link(.programmes, say("overview.all-programmes"))) {
                        programmeList(operational)
                    }
                }
                if record.texts["overview"] != nil {
                    block(say("overview.about", ["fund": .text(terms.identity.shortName)])) { text("overview") }
                }
            },
            heading: .text(terms.identity.headline))
    }

    private var overviewLead: Markup {
        let mobilized = record.figure(.contributionsMobilized)
        guard case .money(let amount) = mobilized.value else {
            return .text(say("overview.lead.without-contributions", ["fund": .text(terms.identity.knownAs)]))
        }
        return .text(
            say(
                "overview.lead",
                [
                    "count": .number(record.contributions.count), "amount": .text(wording.moneyInMillions(amount)),
                    "fund": .text(terms.identity.knownAs), "areas": .number(terms.thematicAreas.count),
                ]))
    }

    private var keyFigures: Markup {
        dl(.class("key-figures")) {
            keyFigure(.contributionsMobilized, display: { if case .money(let money) = $0 { wording.amount(money) } else { nil } }) {
                say.markup(
                    "overview.from-contributors",
                    [
                        "currency": .text(terms.currency.code), "contributors": .markup(figure(record.figure(.contributors))),
                        "states": .markup(figure(record.figure(.contributingMemberStates))),
                    ])
            }
            keyFigure(.mobilizedShare, display: { if case .share(let share) = $0 { wording.share(share) } else { nil } }) {
                if let target = terms.target(asOf: record.asOf) {
                    say.markup(
                        "overview.of-target",
                        [
                            "target": .markup(figure(record.figure(.capitalizationTarget), as: wording.moneyInMillions(target.amount))),
                            "date": .text(target.by.map(wording.date) ?? "–"),
                        ])
                }
            }
            keyFigure(.programmesOperational) { statedNote(.programmesOperational) }
            keyFigure(.programmesPipeline) { statedNote(.programmesPipeline) }
        }
    }

    private func keyFigure(_ key: FigureKey, display: (FigureValue) -> String? = { _ in nil }, @MarkupBuilder note: () -> Markup) -> Markup
    {
        let value = record.figure(key)
        return div {
            dt { say(SentenceKey("overview.\(key.rawValue)")) }
            dd(.class("value")) { figure(value, as: value.value.flatMap(display)) }
            dd(.class("note")) { note() }
        }
    }

    /// How many a publication states, where the record has only some.
    private func statedNote(_ key: FigureKey) -> Markup {
        guard let statement = record.statements.first(where: { $0.figure == key.rawValue }),
            let stated = statement.value(in: terms.currency)
        else {
            return .text(say("overview.on-record"))
        }
        return .fragment {
            say("overview.on-record-of", ["stated": .text(wording.value(stated))])
            " "
            a(.href(address(.statements, fragment: "statement-\(statement.key)"))) { say("overview.why") }
        }
    }

    private var towardsTheTarget: Markup {
        let reached = record.figure(.contributionsMobilized)
        let targets = terms.targets.filter { $0.standing.effectiveOn.map { $0.lastDay <= record.asOf.lastDay } ?? true }
        guard case .money(let amount) = reached.value, let last = targets.last else { return .empty }
        let listed = targets.map { say("target.listed", ["amount": .text(wording.millions($0.amount)), "date": .text(year($0.by))]) }
        return section(.class("block towards")) {
            h2 { say("overview.target") }
            p(.class("note")) { say("overview.target.note", ["currency": .text(terms.currency.code)]) }
            TargetAxis(
                id: "target", title: say("overview.target"),
                description: say(
                    "overview.target.description",
                    [
                        "amount": .text(wording.moneyInMillions(amount)), "target": .text(wording.moneyInMillions(last.amount)),
                        "targets": .text(wording.list(listed)),
                    ]),
                value: amount.minorUnits, valueLabel: wording.millions(amount),
                targets: targets.map {
                    TargetAxis.Target(value: $0.amount.minorUnits, label: wording.millions($0.amount), date: year($0.by))
                }
            ).markup()
            p(.class("note")) { targetsReached(amount, targets) }
        }
    }

    /// Which targets the amount has reached and which it has not.
    private func targetsReached(_ amount: Money, _ targets: [Target]) -> String {
        func listed(_ targets: [Target]) -> Argument {
            .text(
                wording.list(
                    targets.map { say("target.listed", ["amount": .text(wording.millions($0.amount)), "date": .text(year($0.by))]) }))
        }
        let reached = targets.filter { $0.amount.minorUnits <= amount.minorUnits }
        let ahead = targets.filter { $0.amount.minorUnits > amount.minorUnits }
        if reached.isEmpty { return say("overview.target.below", ["ahead": listed(ahead)]) }
        if ahead.isEmpty { return say("overview.target.above", ["reached": listed(reached)]) }
        return say("overview.target.between", ["reached": listed(reached), "ahead": listed(ahead)])
    }

    private func year(_ date: CivilDate?) -> String { date.map { String($0.year) } ?? "" }

    private var contributorsSummary: Markup {
        let largest = record.contributions.prefix(10)
        return block(
            say("contributors.title"), note: .text(say("overview.contributors.note")),
            more: link(.contributors, say("overview.all-contributors", ["count": .number(record.contributions.count)]))
        ) {
            contributorTable(Array(largest), caption: say("overview.contributors.caption"), total: false)
        }
    }

    private func balanceSummary() throws -> Markup {
        let balance = try record.balance(of: .operational)
        guard !balance.programmes.isEmpty else { return .empty }
        return block(
            say("overview.balance"),
            note: .fragment {
                say("overview.balance.note", ["currency": .text(terms.currency.code)])
                " "
                coverageNote(.programmes, count: balance.programmes.count)
            },
            more: .fragment {
                if let byArea = balance.evennessByArea, let byRegion = balance.evennessByRegion {
                    say.markup(
                        "overview.balance.evenness",
                        [
                            "area": .text(byArea.localized(say.language)), "region": .text(byRegion.localized(say.language)),
                            "link": .markup(a(.href(address(.balance, fragment: "evenness"))) { say("overview.balance.how") }),
                        ])
                    " "
                }
                link(.balance, say("overview.balance.more"))
            }
        ) {
            balanceTable(balance, measure: .money, showsShares: false)
        }
    }
}
