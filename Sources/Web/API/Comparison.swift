internal import Ledger
internal import PooledFund
internal import Publications

/// What a publication states beside what the records give.
struct Comparison {
    let statement: PublishedStatement
    let stated: FigureValue?
    /// Nil where the records hold nothing to compare, or the figure has no value.
    let recorded: FigureValue?
    let figure: Figure?
    /// The day of which the publication speaks, if it is not the page's.
    var otherDay: CivilDate?
    /// Recorded less stated; nil where either is missing or they are not numbers.
    let difference: FigureValue?

    /// Whether the two agree in the sense in which the publication puts it.
    var agreement: Agreement {
        guard let stated, let recorded else { return .notComparable }
        return switch statement.qualifier {
        case .exactly, .approximately: stated == recorded ? .same : isRounding(stated, recorded) ? .rounding : .different
        case .moreThan: isMore(recorded, than: stated) ? .same : .different
        }
    }

    enum Agreement: String {
        case same
        /// The recorded figure, rounded as the statement is, is the stated one.
        case rounding
        case different
        case notComparable = "not-comparable"
    }

    /// Whether the recorded value rounds to the stated one at the stated one's own precision, of which three digits at least are taken to count: 57,500,000
    /// is read as exact to a hundred thousand, 100,000,000 to a million.
    private func isRounding(_ stated: FigureValue, _ recorded: FigureValue) -> Bool {
        switch (stated, recorded) {
        case (.money(let stated), .money(let recorded)): rounds(recorded.minorUnits, to: stated.minorUnits)
        case (.share(let stated), .share(let recorded)):
            // Shares are compared at the two decimals in which percentages are stated.
            recorded.decimal(places: 2) == stated.decimal(places: 2)
        default: false
        }
    }

    private func rounds(_ recorded: Int64, to stated: Int64) -> Bool {
        guard stated > 0 else { return false }
        var unit = Int128(1)
        while Int128(stated) % (unit * 10) == 0, Int128(stated) / (unit * 10) >= 100 { unit *= 10 }
        return (Int128(recorded) + unit / 2) / unit * unit == Int128(stated)
    }

    private func isMore(_ recorded: FigureValue, than stated: FigureValue) -> Bool {
        switch (recorded, stated) {
        case (.money(let recorded), .money(let stated)): recorded.minorUnits > stated.minorUnits
        case (.share(let recorded), .share(let stated)): recorded > stated
        case (.count(let recorded), .count(let stated)), (.year(let recorded), .year(let stated)): recorded > stated
        default: false
        }
    }
}

extension PageContext {
    var comparisons: [Comparison] {
        record.statements.map { statement in
            let stated = statement.value(in: terms.currency)
            // A figure of another day is not what the statement speaks of.
            let isSameDay = statement.asOf.lastDay == record.asOf.lastDay
            let figure = isSameDay ? record.recorded(statement) : nil
            let recorded = figure?.value ?? record.seat(of: statement).flatMap(years)
            return Comparison(
                statement: statement, stated: stated, recorded: recorded, figure: figure, otherDay: isSameDay ? nil : statement.asOf,
                difference: difference(recorded, stated))
        }
    }

    private func years(_ seat: Committee.Seat) -> FigureValue? {
        seat.from.map { .years($0.year, seat.to?.year) }
    }

    private func difference(_ recorded: FigureValue?, _ stated: FigureValue?) -> FigureValue? {
        switch (recorded, stated) {
        case (.money(let recorded), .money(let stated)): (try? recorded.subtracting(stated)).map(FigureValue.money)
        case (.count(let recorded), .count(let stated)): .count(recorded - stated)
        case (.year(let recorded), .year(let stated)): .count(recorded - stated)
        case (.share(let recorded), .share(let stated)):
            // Both have at most ten places, so the difference in ten-thousand-millionths is exact.
            difference(recorded.decimal(places: 10), stated.decimal(places: 10))
        default: nil
        }
    }

    private func difference(_ first: String, _ second: String) -> FigureValue? {
        func scaled(_ text: String) -> Int64? { Int64(text.filter { $0 != "." }) }
        guard let first = scaled(first), let second = scaled(second),
            case let (difference, overflow) = first.subtractingReportingOverflow(second), !overflow
        else { return nil }
        return (try? Ratio(numerator: difference, denominator: 10_000_000_000)).map(FigureValue.share)
    }
}
