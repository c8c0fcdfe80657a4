internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func thematicAreasPage() throws -> Page {
        let balance = try record.balance(of: .operational)
        let maximum = balance.areaTotals.values.map(\.amount.minorUnits).max() ?? 0
        return Page(
            title: say("thematic-areas.title"),
            lead: .text(
                say(
                    "thematic-areas.lead",
                    [
                        "areas": .number(terms.thematicAreas.count), "objectives": .number(terms.objectives.count),
                        "framework": .text(terms.objectivesFramework),
                    ])),
            content: .fragment {
                RecordTable(
                    caption: say("thematic-areas.caption"),
                    columns: [
                        .init(label: say("column.number")), .init(label: say("column.area"), isName: true),
                        .init(label: say("fact.objectives")),
                        .init(label: say("column.operational"), isNumber: true), .init(label: say("column.pipeline"), isNumber: true),
                        .init(label: say("column.operational-budget", ["currency": .text(terms.currency.code)]), isNumber: true),
                        .init(label: say("column.bar")),
                    ],
                    rows: terms.thematicAreas.map { area in
                        let counts = counts(of: record.programmes(ProgrammeFilter(area: .known(area.number))))
                        let amount = balance.areaTotals[.known(area.number)]?.amount ?? .zero(terms.currency)
                        return [
                            areaTag(area.number),
                            .fragment {
                                link(.thematicArea(area.number), area.name); unconfirmedMark(!area.standing.isConfirmed)
                            },
                            .text(area.objectives.map(String.init).joined(separator: say("list.separator"))),
                            counted(
                                hundredths: Int64(counts.operational * 100),
                                ProgrammeFilter(status: .known(.operational), area: .known(area.number))),
                            counted(
                                hundredths: Int64(counts.pipeline * 100),
                                ProgrammeFilter(status: .known(.pipeline), area: .known(area.number))),
                            budgeted(amount, ProgrammeFilter(status: .known(.operational), area: .known(area.number))),
                            Bar(value: amount.minorUnits, maximum: maximum, className: "hue-\(areaHue(area.number))").markup(),
                        ]
                    }
                ).markup()
                p(.class("note")) { coverageNote(.programmes, count: balance.programmes.count) }
            })
    }

    func thematicAreaPage(_ number: Int) throws -> Page {
        guard let area = terms.thematicArea(number) else { throw Failure.notFound }
        let programmes = try programmesOfPage()
        return Page(
            title: area.name,
            lead: .text(
                say(
                    "thematic-area.lead",
                    ["number": .number(number), "count": .number(programmes.count), "objectives": .number(area.objectives.count)])),
            content: .fragment {
                programmeTable(programmes, counting: .programmes, region: nil, all: nil)
                block(say("fact.objectives"), note: .text(terms.objectivesFramework)) {
                    ol(.class("objectives")) {
                        area.objectives.map { number in
                            li {
                                span(.class("number")) { String(number) }
                                " \(terms.objective(number)?.title ?? "")"
                            }
                        }
                    }
                }
                if !area.standing.isConfirmed {
                    p(.class("note")) {
                        unconfirmedMark(true); " \(area.standing.note)"
                    }
                }
                if area.hasSensitivePlaces { p(.class("note")) { say("thematic-area.sensitive") } }
            })
    }

    func objectivesPage() throws -> Page {
        let balance = try record.balance(of: .operational)
        return Page(
            title: say("objectives.title"),
            lead: .text(say("objectives.lead", ["count": .number(terms.objectives.count), "framework": .text(terms.objectivesFramework)])),
            content: .fragment {
                p(.class("notice")) { objectivesNotice(balance.objectives) }
                RecordTable(
                    caption: say("objectives.caption"),
                    columns: [
                        .init(label: say("column.number"), isNumber: true), .init(label: say("column.objective"), isName: true),
                        .init(label: say("column.area")), .init(label: say("objectives.programmes")),
                    ],
                    rows: terms.objectives.map { objective in
                        let programmes = record.programmes(ProgrammeFilter(objective: objective.number))
                        let area = terms.thematicAreas.first { $0.objectives.contains(objective.number) }
                        return [
                            .text(wording.integer(objective.number)),
                            .fragment {
                                objective.title; unconfirmedMark(!objective.standing.isConfirmed)
                            },
                            area.map { areaTag($0.number) } ?? .text(say("figure.none")),
                            programmes.isEmpty
                                ? span(.class("dim")) { say("objectives.none-on-record") }
                                : .fragment {
                                    programmes.enumerated().map { index, programme in
                                        Markup.fragment {
                                            if index > 0 { say("list.separator") }
                                            link(.programme(programme.id), wording.place(of: programme.programme, in: record))
                                        }
                                    }
                                },
                        ]
                    }
                ).markup()
            })
    }

    /// That a gap may only be a gap of the records.
    func objectivesNotice(_ coverage: Balance.ObjectiveCoverage) -> Markup {
        .text(
            say(
                "objectives.notice",
                [
                    "touched": .number(coverage.programmesByObjective.count), "all": .number(terms.objectives.count),
                    "without": .number(coverage.withoutObjectives), "programmes": .number(coverage.of),
                ]))
    }
}
