internal import HTML
internal import PooledFund
internal import Publications

/// What was scored, criterion by criterion and reader by reader, and how the score comes about.
struct AssessmentResult {
    let model: AssessmentOnDesk
    let rules: AssessmentRules
    let context: WorkspaceContext

    private var say: Catalogue { context.say }
    private var wording: Wording { context.wording }

    func markup() -> Markup {
        .fragment {
            if let conclusion = model.conclusion { final(conclusion) }
            context.stackedBlock(say("assessment.scores"), id: "scores") {
                if model.readings.isEmpty {
                    p(.class("dim")) { say("assessment.scores.none") }
                } else {
                    scoreTable
                    if let sheet = model.sheet, model.readings.count > 1 { arithmetic(sheet, isModerated: false) }
                    if model.readings.count > 1 { p { spread } }
                    model.readings.map(reading)
                }
            }
        }
    }

    private func name(_ reading: AssessmentOnDesk.Reading) -> String {
        reading.reviewer.flatMap { model.names[$0] } ?? say("assessment.reader", ["number": .number(reading.number)])
    }

    private var spread: String {
        say(
            model.asksForModeration ? "assessment.spread.above" : "assessment.spread",
            ["spread": .text(context.points(model.spread)), "limit": .number(rules.moderationSpread)])
    }

    private var scoreTable: Markup {
        let readings = model.readings
        return RecordTable(
            caption: say("assessment.scores.caption"),
            columns: [
                .init(label: say("assessment.column.criterion"), isName: true),
                .init(label: say("assessment.column.weight"), isNumber: true),
            ] + readings.map { .init(label: name($0), isNumber: true) } + [.init(label: say("assessment.column.mean"), isNumber: true)],
            rows: rules.criteria.map { criterion in
                let scores = readings.map { $0.assessment.scores[criterion.id]?.score }
                let line = model.sheet?.lines.first { $0.criterion == criterion.id }
                return [.text(criterion.name), .text(wording.integer(criterion.weight))]
                    + scores.map { .text($0.map(wording.integer) ?? "–") }
                    + [.text(line.map { context.points($0.meanInHundredths) } ?? "–")]
            },
            total: [.text(say("assessment.total")), .text(wording.integer(rules.criteria.reduce(0) { $0 + $1.weight }))]
                + readings.map { .text(context.percent($0.total)) } + [.text(model.sheet.map { context.percent($0.hundredths) } ?? "–")]
        ).markup()
    }

    /// The sum in whole numbers, so that it can be done again with a pencil.
    private func arithmetic(_ sheet: ScoreSheet, isModerated: Bool) -> Markup {
        let readers = sheet.lines.first?.readers ?? 1
        let terms = sheet.lines.map { "\($0.weight) × \($0.sum)" }.joined(separator: " + ")
        let full = sheet.lines.map { "\($0.weight) × \($0.fullMarks * $0.readers)" }.joined(separator: " + ")
        let (reached, possible) = (
            sheet.lines.reduce(0) { $0 + $1.weight * $1.sum }, sheet.lines.reduce(0) { $0 + $1.weight * $1.fullMarks * $1.readers }
        )
        return .fragment {
            p(.class("formula")) { "(\(terms)) ÷ (\(full)) = \(reached) ÷ \(possible) = \(context.percent(sheet.hundredths))" }
            p(.class("dim")) {
                say(isModerated ? "assessment.arithmetic.moderated" : "assessment.arithmetic", ["count": .number(readers)])
            }
        }
    }

    private func final(_ conclusion: FinalAssessment) -> Markup {
        context.stackedBlock(say("assessment.final"), id: "final") {
            factList([
                (say("assessment.final"), strong { context.percent(conclusion.score.hundredths) }),
                (
                    say("assessment.threshold"),
                    .text(
                        say(
                            conclusion.score.isAboveThreshold ? "assessment.threshold.reached" : "assessment.threshold.missed",
                            ["value": .number(conclusion.threshold)]))
                ),
                (say("assessment.spread.label"), .text(context.points(conclusion.spread))),
                (
                    say("assessment.how"),
                    .text(say(conclusion.isModerated ? "assessment.how.moderated" : "assessment.how.mean"))
                ),
                (say("assessment.moderation.reason"), .text(conclusion.reason)),
            ])
            arithmetic(conclusion.sheet, isModerated: conclusion.isModerated)
        }
    }

    private func reading(_ reading: AssessmentOnDesk.Reading) -> Markup {
        .fragment {
            h3 { say("assessment.reading", ["name": .text(name(reading)), "total": .text(context.percent(reading.total))]) }
            if reading.assessment.corrected > 0 {
                p(.class("dim")) { say("assessment.corrected", ["count": .number(reading.assessment.corrected)]) }
            }
            dl(.class("submitted")) {
                rules.criteria.map { criterion in
                    let score = reading.assessment.scores[criterion.id]
                    return div {
                        dt { criterion.name }
                        dd {
                            p { strong { score.map { wording.integer($0.score) } ?? "–" } }
                            if let score { p { bdi { score.justification } } }
                        }
                    }
                }
            }
            if !reading.assessment.remark.isEmpty { p { bdi { reading.assessment.remark } } }
        }
    }
}
