internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// The rules by which the fund judges and decides, as its Terms have them.
extension PageContext {
    // MARK: Assessment

    @MarkupBuilder var assessmentBlock: Markup {
        if let rules = terms.assessment {
            block(say("terms.assessment")) {
                items([rules], \.standing, name: { rules in .text(say("terms.assessment.scored", ["documents": .text(documents(rules))])) })
                facts([
                    (
                        say("terms.assessment.scale"),
                        .text(
                            say(
                                "terms.assessment.from-to",
                                ["from": .number(rules.scale.lowerBound), "to": .number(rules.scale.upperBound)]))
                    ),
                    (say("terms.assessment.threshold"), .text(say("terms.assessment.of-full-marks", ["value": .number(rules.threshold)]))),
                    (say("terms.assessment.reviewers"), .text(wording.integer(rules.reviewers))),
                    (say("terms.assessment.days"), .text(say("terms.days", ["count": .number(rules.days)]))),
                    (say("terms.assessment.spread"), .text(say("terms.assessment.points", ["count": .number(rules.moderationSpread)]))),
                    (say("terms.assessment.names"), .text(say(SentenceKey("terms.assessment.names.\(rules.namesVisibleTo.rawValue)")))),
                    (
                        say("terms.assessment.conflicts"),
                        .text(
                            wording.list(
                                AssessmentRules.Conflict.allCases.filter(rules.conflicts.contains).map {
                                    say(SentenceKey("terms.assessment.conflict.\($0.rawValue)"))
                                } + [say("terms.assessment.conflict.declared")]))
                    ),
                ])
                criteriaTable(rules)
            }
        }
    }

    private func documents(_ rules: AssessmentRules) -> String {
        wording.list(rules.documents.map { say(SentenceKey("proposal.document.\($0.rawValue)")) })
    }

    private func criteriaTable(_ rules: AssessmentRules) -> Markup {
        let all = rules.criteria.reduce(0) { $0 + $1.weight }
        return RecordTable(
            caption: say("terms.criteria"),
            columns: [
                .init(label: say("terms.criterion"), isName: true), .init(label: say("terms.criterion.looks-at")),
                .init(label: say("terms.criterion.weight"), isNumber: true), .init(label: say("terms.criterion.share"), isNumber: true),
            ],
            rows: rules.criteria.map { criterion in
                let share = try? Ratio(numerator: Int64(criterion.weight), denominator: Int64(all))
                return [
                    .text(criterion.name), .text(criterion.help), .text(wording.integer(criterion.weight)),
                    .text(share.map { wording.share($0, places: 1) } ?? ""),
                ]
            }
        ).markup()
    }

    // MARK: The committee

    @MarkupBuilder var committeeRulesBlock: Markup {
        let rules = terms.committee.rules
        if !rules.allStandings.isEmpty {
            block(say("terms.committee.rules")) {
                if !rules.quorum.isEmpty {
                    h3 { say("terms.quorum") }
                    items(rules.quorum, \.standing, name: { .text(quorum($0)) })
                }
                if let rule = rules.noObjection {
                    h3 { say("terms.no-objection") }
                    items(
                        [rule], \.standing,
                        name: { .text(say(SentenceKey("terms.no-objection.\($0.countedIn.rawValue)"), ["count": .number($0.days)])) })
                }
                if !rules.interests.isEmpty {
                    h3 { say("terms.interests") }
                    p(.class("note")) { say("terms.interests.note") }
                    interestTable(rules.interests)
                }
                if let rule = rules.pipeline {
                    h3 { say("terms.ageing") }
                    items([rule], \.standing, name: { .text(ageing($0)) })
                }
                if let standing = rules.portfolio.standing {
                    h3 { say("terms.portfolio") }
                    p(.class("note")) { say("terms.portfolio.note") }
                    items([rules.portfolio], { _ in standing }, name: { .text(quality($0)) })
                    if !rules.portfolio.limits.isEmpty { limitTable(rules.portfolio) }
                }
            }
        }
    }

    private func quorum(_ rule: CommitteeRules.Quorum) -> String {
        let key: SentenceKey = rule.constituency == nil ? "terms.quorum.all" : "terms.quorum.constituency"
        return say(key, ["count": .number(rule.atLeast), "constituency": .text(rule.constituency ?? "")])
    }

    private func interestTable(_ rules: [CommitteeRules.InterestRule]) -> Markup {
        RecordTable(
            caption: say("terms.interests"),
            columns: [
                .init(label: say("terms.seats"), isName: true), .init(label: say("committee.column.interest")),
                .init(label: say("committee.column.consequence")),
            ],
            rows: rules.map { rule in
                [
                    .text(seats(of: rule.kind)), .text(say(SentenceKey("committee.interest.\(rule.interest.rawValue)"))),
                    .fragment {
                        say(SentenceKey("committee.consequence.\(rule.consequence.rawValue)"))
                        " "
                        unconfirmedMark(!rule.standing.isConfirmed)
                        if !rule.standing.note.isEmpty { div(.class("memo")) { note(rule.standing.note) } }
                    },
                ]
            }
        ).markup()
    }

    /// Seats are of a kind that only the Terms' file names: people know them by their constituency.
    private func seats(of kind: String) -> String {
        var seats: [String] = []
        for seat in terms.committee.seats where seat.kind == kind && !seats.contains(seat.constituency) { seats.append(seat.constituency) }
        return wording.list(seats)
    }

    private func ageing(_ rule: CommitteeRules.PipelineRules) -> String {
        [
            rule.confirmedEveryMonths.map { say("terms.ageing.confirmed", ["count": .number($0)]) },
            rule.expiresAfterMonths.map { say("terms.ageing.expires", ["count": .number($0)]) },
        ].compactMap(\.self).joined(separator: " ")
    }

    private func quality(_ rules: CommitteeRules.PortfolioRules) -> String {
        guard let threshold = rules.qualityThreshold else { return say("terms.portfolio.any-quality") }
        return say("terms.portfolio.quality", ["rate": .text(say.language.percent(plain(threshold)))])
    }

    private func limitTable(_ rules: CommitteeRules.PortfolioRules) -> Markup {
        func rate(_ rate: Ratio?) -> Markup { .text(rate.map { say.language.percent(plain($0)) } ?? "–") }
        return RecordTable(
            caption: say("terms.portfolio.limits"),
            columns: [
                .init(label: say("terms.portfolio.target"), isName: true), .init(label: say("terms.portfolio.at-least"), isNumber: true),
                .init(label: say("terms.portfolio.at-most"), isNumber: true),
            ],
            rows: rules.limits.map { limit in
                let name =
                    switch limit.target {
                    case .area(let number): terms.thematicArea(number)?.name ?? String(number)
                    case .region(let id): terms.region(id)?.name ?? id
                    }
                return [.text(name), rate(limit.atLeast), rate(limit.atMost)]
            }
        ).markup()
    }

    // MARK: Reminders

    @MarkupBuilder var remindersBlock: Markup {
        let rules = terms.reminders
        if let standing = rules.standing {
            let all: [(key: SentenceKey, days: Int?)] = [
                ("terms.reminder.assessment", rules.assessmentDays), ("terms.reminder.sign-off", rules.signOffDays),
                ("terms.reminder.no-objection", rules.noObjectionDays), ("terms.reminder.pipeline", rules.pipelineDays),
            ]
            block(say("terms.reminders"), note: note(standing.note)) {
                ul(.class("terms")) {
                    all.compactMap { key, days in
                        days.map { days in
                            li {
                                div(.class("item")) {
                                    say(key, ["count": .number(days)])
                                    unconfirmedMark(!standing.isConfirmed)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

extension CommitteeRules {
    /// Of every rule how sure it is.
    var allStandings: [Standing] {
        quorum.map(\.standing) + interests.map(\.standing)
            + [noObjection?.standing, pipeline?.standing, portfolio.standing].compactMap(\.self)
    }
}
