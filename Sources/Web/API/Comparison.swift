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
    /// Recorded less stated; nil where either is missing or they are not numbers.
    let difference: FigureValue?

    /// Whether the two agree as precisely as the publication puts it.
    var agreement: Agreement {
        guard let stated, let recorded else { return .notComparable }
        if stated == recorded { return .same }
        if statement.qualifier == .approximately || isRounding(stated, recorded) {
            return isRounding(stated, recorded) ? .rounding : .different
        }
        return .different
    }

    enum Agreement: String {
        case same
        /// The recorded figure, rounded as the statement is, is the stated one.
        case rounding
        case different
        case notComparable = "not-comparable"
    }

    /// Whether the recorded value rounds, half up, to the stated one at the stated one's own precision.
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
        var unit: Int64 = 1
        while stated % (unit * 10) == 0 { unit *= 10 }
        return (recorded + unit / 2) / unit * unit == stated
    }
}

extension PageContext {
    var comparisons: [Comparison] {
        record.statements.map { statement in
            let stated = statement.value(in: terms.currency)
            let figure = record.recorded(statement)
            let recorded = figure?.value ?? record.seat(of: statement).flatMap(years)
            return Comparison(
                statement: statement, stated: stated, recorded: recorded, figure: figure, difference: difference(recorded, stated))
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
        guard let first = scaled(first), let second = scaled(second) else { return nil }
        return (try? Ratio(numerator: first - second, denominator: 10_000_000_000)).map(FigureValue.share)
    }
}
