internal import HTML
internal import Ledger
internal import PooledFund
internal import Portfolio
internal import Publications

/// Suggested selections as members read them: the figures of each, and why a proposal is in or out.
struct SuggestionsView {
    let context: WorkspaceContext
    let question: SlateQuestion
    let problem: SlateProblem

    private var say: Catalogue { context.say }
    private var terms: Terms { question.committee.terms }

    // MARK: All of them

    func overview(_ slates: [SuggestedSlate]) -> Markup {
        workspaceBlock(say("suggestions.found"), note: .text(say("suggestions.found.note"))) {
            RecordTable(
                caption: say("suggestions.found"),
                columns: [
                    .init(label: say("suggestions.column.slate"), isName: true),
                    .init(label: say("committee.column.proposals"), isNumber: true),
                    .init(label: say("committee.column.total"), isNumber: true), .init(label: say("suggestions.mean"), isNumber: true),
                    .init(label: say("committee.column.evenness-areas"), isNumber: true),
                    .init(label: say("committee.column.evenness-regions"), isNumber: true),
                ],
                rows: slates.enumerated().map { index, slate in
                    [
                        a(.href(Address(fragment: "suggestion-\(index + 1)"))) { name(of: slate.objective) },
                        .text(context.wording.integer(slate.chosen.count)), money(slate.figures.total), mean(slate.figures.meanScore),
                        evenness(slate.figures.evennessOfAreas), evenness(slate.figures.evennessOfRegions),
                    ]
                }
            ).markup()
        }
    }

    func conflict(_ conflict: SlateConflict) -> Markup {
        workspaceBlock(say("suggestions.conflict")) {
            p { say("suggestions.conflict.rules") }
            ul { conflict.rules.map { rule in li { words(rule) } } }
            if !conflict.remedies.isEmpty {
                p { say("suggestions.conflict.remedies") }
                ul { conflict.remedies.map { group in li { say(SentenceKey("suggestions.group.\(group.rawValue)")) } } }
            }
            if !conflict.isComplete { p(.class("dim")) { say("suggestions.conflict.incomplete") } }
        }
    }

    // MARK: One of them

    func slate(_ slate: SuggestedSlate, number: Int) -> Markup {
        let chosen = Set(slate.chosen)
        return section(.class("block"), .id("suggestion-\(number)")) {
            div(.class("block-head")) {
                h2 { name(of: slate.objective) }
                p(.class("note")) { say(slate.isProven ? "suggestions.proven" : "suggestions.not-proven") }
            }
            div(.class("block-body")) {
                factList(facts(slate))
                verdicts(slate, isChosen: true, caption: say("suggestions.chosen"))
                if question.committee.reader.acts, question.committee.reader.isOfficer || question.committee.reader.isMember {
                    p { buttonLink(say("suggestions.save"), to: savingAddress(slate, chosen)) }
                }
                details {
                    summary { say("suggestions.left-out", ["count": .number(question.candidates.count - chosen.count)]) }
                    verdicts(slate, isChosen: false, caption: say("suggestions.not-chosen"))
                }
            }
        }
    }

    private func facts(_ slate: SuggestedSlate) -> [(String, Markup)] {
        let figures = slate.figures
        return [
            (say("committee.column.total"), money(figures.total)),
            (say("committee.column.remaining"), money(problem.available - figures.total)),
            (say("suggestions.mean"), mean(figures.meanScore)), (say("suggestions.deviation-areas"), deviation(figures.deviationOfAreas)),
            (say("suggestions.deviation-regions"), deviation(figures.deviationOfRegions)),
            (say("committee.column.evenness-areas"), evenness(figures.evennessOfAreas)),
            (say("committee.column.evenness-regions"), evenness(figures.evennessOfRegions)),
            (say("suggestions.unbeaten"), .text(say(slate.isUnbeaten ? "suggestions.yes" : "suggestions.not-known"))),
        ]
    }

    private func verdicts(_ slate: SuggestedSlate, isChosen: Bool, caption: String) -> Markup {
        let rows = zip(question.candidates, slate.verdicts).filter { $1.isChosen == isChosen }
        guard !rows.isEmpty else { return p(.class("dim")) { say("suggestions.nothing") } }
        return RecordTable(
            caption: caption,
            columns: [
                .init(label: say("committee.column.proposal"), isName: true), .init(label: say("committee.column.amount"), isNumber: true),
                .init(label: say("committee.column.score"), isNumber: true), .init(label: say("suggestions.column.why")),
            ],
            rows: rows.map { entry, verdict in
                [
                    context.proposalName(entry.proposal, entry.version), .text(context.wording.money(entry.amount)),
                    .text(entry.score.map(context.score) ?? ""), why(verdict),
                ]
            }
        ).markup()
    }

    private func why(_ verdict: SlateVerdict) -> Markup {
        let rules = verdict.rules.map { words($0) }.joined(separator: say("list.separator"))
        return .fragment {
            say(SentenceKey("suggestions.reason.\(verdict.reason.rawValue)"), ["rules": .text(rules)])
            if let effect = verdict.effect, let score = effect.meanScore, let areas = effect.deviationOfAreas {
                span(.class("memo")) {
                    say(
                        verdict.isChosen ? "suggestions.without-it" : "suggestions.with-it",
                        ["mean": .text(percent(score.numerator, score.denominator * 10_000)), "deviation": .text(points(areas))])
                }
            }
            if let exchange = verdict.exchange, let other = question.candidates.first(where: { $0.id == exchange.id }) {
                span(.class("memo")) { say("suggestions.exchange", ["proposal": .text(other.version.facts.title)]) }
            }
        }
    }

    /// The form that saves it as a selection of the reader's own; sixty proposals fit an address.
    private func savingAddress(_ slate: SuggestedSlate, _ chosen: Set<String>) -> Address {
        let entries = slate.chosen.prefix(60).enumerated().map { ("entries.\($0 + 1).proposal", $1) }
        return context.actionAddress(
            SaveSlate.name, in: question.committee.fund,
            [("title", name(of: slate.objective)), ("note", say("suggestions.note"))] + entries)
    }

    // MARK: Words

    private func name(of objective: SlateObjective) -> String {
        switch objective {
        case .mostEven(.areas): say("suggestions.most-even-areas")
        case .mostEven(.regions): say("suggestions.most-even-regions")
        case .highestMean: say("suggestions.highest-mean")
        case .between: say("suggestions.between")
        }
    }

    private func words(_ rule: SlateRule) -> String {
        switch rule {
        case .money: say("suggestions.rule.money")
        case .spending: say("suggestions.rule.spending")
        case .quality: say("suggestions.rule.quality")
        case .floor(let dimension, let cell): say("suggestions.rule.floor", ["what": .text(name(of: cell, dimension))])
        case .ceiling(let dimension, let cell): say("suggestions.rule.ceiling", ["what": .text(name(of: cell, dimension))])
        case .pinnedIn(let id): say("suggestions.rule.pinned-in", ["proposal": .text(id)])
        case .pinnedOut(let id): say("suggestions.rule.pinned-out", ["proposal": .text(id)])
        }
    }

    private func name(of cell: Int, _ dimension: SlateDimension) -> String {
        switch dimension {
        case .areas: terms.thematicAreas.indices.contains(cell) ? terms.thematicAreas[cell].name : ""
        case .regions: terms.regions.indices.contains(cell) ? terms.regions[cell].name : ""
        }
    }

    private func money(_ minorUnits: Int64) -> Markup {
        .text(context.wording.money(Money(minorUnits: minorUnits, currency: terms.currency)))
    }

    private func mean(_ score: ExactFraction?) -> Markup {
        .text(score.map { percent($0.numerator, $0.denominator * 10_000) } ?? say("figure.none"))
    }

    private func deviation(_ deviation: ExactFraction?) -> Markup { .text(deviation.map(points) ?? say("figure.none")) }

    private func points(_ deviation: ExactFraction) -> String { percent(deviation.numerator, deviation.denominator) }

    private func percent(_ numerator: Int64, _ denominator: Int64) -> String {
        (try? Ratio(numerator: numerator, denominator: denominator)).map { context.wording.share($0, places: 2) } ?? say("figure.none")
    }

    private func evenness(_ value: Double?) -> Markup { .text(context.evennessText(value)) }
}
