internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func statementsPage() throws -> Page {
        let comparisons = comparisons
        let same = comparisons.count { $0.agreement == .same || $0.agreement == .rounding }
        let comparable = comparisons.count { $0.agreement != .notComparable }
        return Page(
            title: say("statements.title"),
            lead: .text(
                say("statements.lead", ["count": .number(comparisons.count), "same": .number(same), "comparable": .number(comparable)])),
            content: .fragment {
                RecordTable(
                    caption: say("statements.caption"),
                    columns: [
                        .init(label: say("column.statement"), isName: true), .init(label: say("column.stated"), isNumber: true),
                        .init(label: say("column.recorded"), isNumber: true), .init(label: say("column.difference"), isNumber: true),
                        .init(label: say("column.in-words")),
                    ],
                    rows: comparisons.map { comparison in
                        [
                            span(.id("statement-\(comparison.statement.key)")) { comparison.statement.label },
                            .text(
                                comparison.stated.map { wording.qualifier(comparison.statement.qualifier, statedText($0)) }
                                    ?? comparison.statement.stated),
                            recordedCell(comparison), .text(comparison.difference.map(differenceText) ?? ""), wordsCell(comparison),
                        ]
                    }
                ).markup()
            })
    }

    private func statedText(_ value: FigureValue) -> String {
        switch value {
        case .money(let money): wording.money(money)
        case .share(let share): wording.share(share, places: 0)
        default: wording.value(value)
        }
    }

    private func recordedCell(_ comparison: Comparison) -> Markup {
        if let figure = comparison.figure, figure.value != nil { return self.figure(figure) }
        guard let recorded = comparison.recorded else { return span(.class("figure-none")) { say("figure.none") } }
        return link(.terms, wording.value(recorded))
    }

    private func differenceText(_ difference: FigureValue) -> String {
        switch difference {
        case .money(let money): signed(wording.amount(money), isPositive: money.isPositive)
        case .count(let count): signed(wording.integer(count), isPositive: count > 0)
        case .share(let share):
            say("statements.points", ["points": .text(signed(percentagePoints(share), isPositive: share.numerator > 0))])
        case .year, .years: ""
        }
    }

    private func percentagePoints(_ share: Ratio) -> String {
        let percent = share.percent(places: 2)
        let isNegative = percent.hasPrefix("-")
        let digits = percent.filter { $0 != "." && $0 != "-" }
        return say.language.decimal(minorUnits: (Int64(digits) ?? 0) * (isNegative ? -1 : 1), places: 2)
    }

    private func signed(_ text: String, isPositive: Bool) -> String { isPositive ? "+\(text)" : text }

    private func wordsCell(_ comparison: Comparison) -> Markup {
        .fragment {
            say(SentenceKey("statements.\(comparison.agreement.rawValue)"), ["rounded": .text(roundedText(comparison))])
            if let day = comparison.otherDay {
                " "
                say.markup(
                    "statements.other-day",
                    ["link": .markup(a(.href(address(changing: [.asOf: day.description]))) { wording.date(day) })])
            }
            if let reason = comparison.figure?.reason { " (\(wording.reason(reason)))" }
            if !comparison.statement.note.isEmpty { span(.class("memo")) { note(comparison.statement.note) } }
            span(.class("memo")) {
                sourceLink(comparison.statement.source)
                if !comparison.statement.section.isEmpty { " · \(comparison.statement.section)" }
            }
        }
    }

    /// The recorded figure at the precision of running text.
    private func roundedText(_ comparison: Comparison) -> String { comparison.recorded.map(wording.valueInText) ?? "" }
}
