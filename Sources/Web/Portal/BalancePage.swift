internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func balancePage() throws -> Page {
        let operational = try record.balance(of: .operational)
        let pipeline = try record.balance(of: .pipeline)
        return Page(
            title: say("balance.title"), lead: .text(say("balance.lead")),
            content: .fragment {
                text("balance")
                balanceSection(operational, .programmes)
                balanceSection(pipeline, .pipeline)
                block(say("balance.objectives"), id: "objectives", more: link(.objectives, say("balance.objectives.more"))) {
                    p { objectivesNotice(operational.objectives) }
                }
                evennessExplanation(operational)
            })
    }

    private func balanceSection(_ balance: Balance, _ records: Coverage.Records) -> Markup {
        block(
            say(SentenceKey("balance.\(balance.status.rawValue)")), id: balance.status.rawValue,
            note: coverageNote(records, count: balance.programmes.count)
        ) {
            if balance.programmes.isEmpty {
                p { say("balance.none") }
            } else {
                h3 { say("balance.by-money", ["currency": .text(terms.currency.code)]) }
                balanceTable(balance, measure: .money)
                h3 { say("balance.by-number") }
                balanceTable(balance, measure: .number)
                evennessFigures(balance)
                if balance.programmes.contains(where: { $0.regions.count > 1 }) { p(.class("note")) { say("balance.split") } }
                if balance.areas.contains(.unknown) || balance.regions.contains(.unknown) { p(.class("note")) { say("balance.unknown") } }
            }
        }
    }

    enum BalanceMeasure {
        case money
        case number
    }

    /// Thematic areas by regions, with totals and shares; each number opens its programmes.
    func balanceTable(_ balance: Balance, measure: BalanceMeasure, showsShares: Bool = true) -> Markup {
        let largest = balance.cells.values.flatMap(\.values).map { amount(of: $0, measure) }.max() ?? 0
        // A table of ones is not a table of extremes.
        let scale = HeatScale(maximum: measure == .money ? largest : max(largest, 500))
        let places = wording.decimalsOfMillions([balance.total.amount] + balance.cells.values.flatMap(\.values).map(\.amount))
        let total = amount(of: balance.total, measure)
        return table(.class("heat")) {
            caption(.class("visually-hidden")) { say(measure == .money ? "balance.caption.money" : "balance.caption.number") }
            thead {
                tr {
                    th(.scope(.col)) { say("column.area") }
                    balance.regions.map { region in th(.scope(.col), .class("number")) { name(of: region) } }
                    th(.scope(.col), .class("number")) { say("balance.all") }
                    if showsShares { th(.scope(.col), .class("number")) { say("column.share") } }
                }
            }
            tbody {
                balance.areas.map { area in
                    tr {
                        th(.scope(.row)) { name(of: area) }
                        balance.regions.map { region in
                            cell(
                                balance.cell(area, region), measure, scale,
                                ProgrammeFilter(status: .known(balance.status), area: area, region: region), name(of: region),
                                places: places)
                        }
                        totalCell(
                            balance.areaTotals[area], measure, ProgrammeFilter(status: .known(balance.status), area: area), places: places)
                        if showsShares {
                            td(.class("number share"), .data("label", say("column.share"))) {
                                share(balance.areaTotals[area].map { amount(of: $0, measure) } ?? 0, of: total)
                            }
                        }
                    }
                }
            }
            tfoot {
                tr {
                    th(.scope(.row)) { say("balance.all") }
                    balance.regions.map { region in
                        totalCell(
                            balance.regionTotals[region], measure, ProgrammeFilter(status: .known(balance.status), region: region),
                            label: name(of: region), places: places)
                    }
                    totalCell(balance.total, measure, ProgrammeFilter(status: .known(balance.status)), places: places)
                    if showsShares { td(.class("number share"), .data("label", say("column.share"))) { share(total, of: total) } }
                }
                if showsShares {
                    tr {
                        th(.scope(.row)) { say("column.share") }
                        balance.regions.map { region in
                            td(.class("number share"), .data("label", name(of: region))) {
                                share(balance.regionTotals[region].map { amount(of: $0, measure) } ?? 0, of: total)
                            }
                        }
                        td(.class("number share"), .data("label", say("balance.all"))) { share(total, of: total) }
                        td(.class("number share empty"))
                    }
                }
            }
        }
    }

    private func cell(
        _ cell: Balance.Cell?, _ measure: BalanceMeasure, _ scale: HeatScale, _ filter: ProgrammeFilter, _ label: String, places: Int
    )
        -> Markup
    {
        guard let cell, amount(of: cell, measure) > 0 else { return td(.class("number heat-0"), .data("label", label)) { "–" } }
        return td(.class("number \(scale.className(of: amount(of: cell, measure)))"), .data("label", label)) {
            number(cell, measure, filter, places: places)
        }
    }

    private func totalCell(
        _ cell: Balance.Cell?, _ measure: BalanceMeasure, _ filter: ProgrammeFilter, label: String? = nil, places: Int
    ) -> Markup {
        td(.class("number total"), .data("label", label ?? say("balance.all"))) {
            if let cell { number(cell, measure, filter, places: places) } else { "–" }
        }
    }

    private func number(_ cell: Balance.Cell, _ measure: BalanceMeasure, _ filter: ProgrammeFilter, places: Int) -> Markup {
        switch measure {
        case .money: budgeted(cell.amount, filter, as: wording.millions(cell.amount, places: places))
        case .number: counted(hundredths: cell.hundredths, filter)
        }
    }

    private func amount(of cell: Balance.Cell, _ measure: BalanceMeasure) -> Int64 {
        switch measure {
        case .money: cell.amount.minorUnits
        case .number: cell.hundredths
        }
    }

    private func share(_ part: Int64, of whole: Int64) -> String {
        (try? Ratio(numerator: part, denominator: whole)).map { wording.share($0) } ?? "–"
    }

    private func name(of region: RegionOfProgramme) -> String {
        switch region {
        case .known(let id): terms.region(id)?.shortName ?? id
        case .unknown: say("filter.unknown")
        }
    }

    private func name(of area: AreaOfProgramme) -> Markup {
        switch area {
        case .known(let number):
            .fragment {
                areaTag(number); " "; terms.thematicArea(number)?.shortName
            }
        case .unknown:
            .fragment {
                areaTag(nil); " "; say("filter.unknown")
            }
        }
    }

    private func evennessFigures(_ balance: Balance) -> Markup {
        dl(.class("evenness")) {
            for (label, evenness) in [
                ("balance.evenness.area" as SentenceKey, balance.evennessByArea), ("balance.evenness.region", balance.evennessByRegion),
            ] {
                div {
                    dt { say(label) }
                    dd {
                        if let evenness {
                            a(.href(address(.balance, fragment: "evenness"))) { evenness.localized(say.language) }
                        } else {
                            say("figure.none")
                        }
                    }
                }
            }
        }
    }

    private func evennessExplanation(_ balance: Balance) -> Markup {
        block(say("balance.evenness"), id: "evenness") {
            p { say("balance.evenness.text") }
            p(.class("formula")) {
                em { "J" }
                " = "
                em { "H" }
                " / ln "
                em { "S" }
                ",  "
                em { "H" }
                " = −∑ "
                em { "p" }
                " ln "
                em { "p" }
            }
            p { say("balance.evenness.reading", ["areas": .number(terms.thematicAreas.count), "regions": .number(terms.regions.count)]) }
            if let evenness = balance.evennessByArea {
                p {
                    say(
                        "balance.evenness.example",
                        [
                            "entropy": .text(decimal(evenness.entropy)), "maximum": .text(decimal(evenness.maximum)),
                            "value": .text(evenness.localized(say.language)),
                        ])
                }
            }
            p(.class("note")) { say("balance.evenness.source") }
        }
    }
}

extension PageContext {
    /// Three decimals of a statistic.
    private func decimal(_ value: Double) -> String { say.language.decimal(minorUnits: Int64((value * 1_000).rounded()), places: 3) }
}

extension Evenness {
    /// Two decimals: budgets that are rounded to a tenth of a million support no more.
    func localized(_ language: Language) -> String {
        language.decimal(minorUnits: Int64((value * 100).rounded()), places: 2)
    }
}
