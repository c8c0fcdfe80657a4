internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func programmePage(_ code: String) throws(Failure) -> Page {
        guard let found = record.programme(code) else { throw .notFound }
        let programme = found.programme
        let area = terms.thematicArea(programme.thematicArea)
        return Page(
            title: programme.title,
            lead: programme.summary.isEmpty
                ? .text(say("programme.lead", ["place": .text(wording.place(of: programme, in: record))])) : .text(programme.summary),
            content: .fragment {
                dl(.class("key-figures")) {
                    div {
                        dt { say("programme.budget") }
                        dd(.class("value")) { found.budget.map { wording.amount($0.amount) } ?? say("figure.none") }
                        dd(.class("note")) {
                            if let budget = found.budget {
                                say(
                                    "programme.budget.note",
                                    ["currency": .text(terms.currency.code), "date": .text(wording.date(budget.effectiveOn))])
                                unconfirmedMark(!budget.isConfirmed)
                            }
                        }
                    }
                    div {
                        dt { say("column.status") }
                        dd(.class("value")) { wording.status(found.status?.status) }
                        dd(.class("note")) {
                            if let status = found.status {
                                say("programme.status.note", ["date": .text(wording.date(status.effectiveOn))])
                            } else {
                                say("programme.status.unknown")
                            }
                        }
                    }
                    for key in [FigureKey.transferred, .expenditure] {
                        div {
                            dt { wording.label(key) }
                            dd(.class("value none")) { say("figure.none") }
                            dd(.class("note")) { wording.reason(.recordsDoNotReach) }
                        }
                    }
                }
                facts([
                    (
                        say("column.area"),
                        area.map { area in
                            .fragment {
                                areaTag(area.number); " \(area.name)"; unconfirmedMark(programme.unconfirmed.contains("thematic_area"))
                            }
                        } ?? .text(say("area.unknown"))
                    ),
                    (say("fact.countries"), countryLinks(programme)),
                    (
                        say("fact.regions"),
                        .text(found.regions.isEmpty ? say("figure.none") : wording.list(found.regions.map { terms.region($0)?.name ?? $0 }))
                    ),
                    (say("column.organizations"), organizationLinks(programme)),
                    (say("fact.objectives"), objectiveLinks(programme)),
                    (say("fact.starts"), dateFact(programme.startsOn, isUnconfirmed: programme.unconfirmed.contains("starts_on"))),
                    (say("fact.ends"), dateFact(programme.endsOn, isUnconfirmed: programme.unconfirmed.contains("ends_on"))),
                    (say("fact.source"), sourceLink(programme.source)),
                    (say("fact.budget-source"), found.budget.map { sourceLink($0.source) } ?? .empty),
                    (
                        say("fact.note"),
                        .text(
                            ([programme.note, found.status?.note ?? "", found.budget?.note ?? ""]).filter { !$0.isEmpty }.joined(
                                separator: " "))
                    ),
                ])
                block(say("programme.authorities"), note: .text(say("local-engagement.evidence-note"))) {
                    if found.localAuthorities.isEmpty {
                        p { say("programme.authorities.none") }
                    } else {
                        authorityTable(found.localAuthorities, showsProgramme: false)
                    }
                }
            },
            hasData: !found.localAuthorities.isEmpty)
    }

    private func countryLinks(_ programme: Programme) -> Markup {
        guard !programme.countries.isEmpty else { return .text(say("figure.none")) }
        return .fragment {
            programme.countries.enumerated().map { index, iso3 in
                Markup.fragment {
                    if index > 0 { say("list.separator") }
                    link(.country(iso3), record.country(iso3)?.name ?? iso3)
                }
            }
        }
    }

    private func objectiveLinks(_ programme: Programme) -> Markup {
        guard !programme.objectives.isEmpty else { return .text(say("programme.objectives.none")) }
        return ul(.class("plain")) {
            programme.objectives.map { number in li { "\(number) \(terms.objective(number)?.title ?? "")" } }
        }
    }

    private func dateFact(_ date: CivilDate?, isUnconfirmed: Bool) -> Markup {
        guard let date else { return .text(say("figure.none")) }
        return .fragment {
            wording.date(date)
            unconfirmedMark(isUnconfirmed)
        }
    }
}
