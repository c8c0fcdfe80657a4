internal import Ledger
internal import PooledFund

/// An action of the stream, and what is to become of it.
///
/// Its entries are called `ACTION-e1of3`, `ACTION-e2of3`, …: the record itself tells whether one of them is missing.
struct PlannedAction {
    let id: String
    let mustBeRefused: Bool
    let entries: PostEntries

    /// - Parameter run: sets the ids apart from those of other runs.
    init(run: String, client: Int, number: Int, using chance: inout Chance) throws {
        id = "\(run)-c\(client)-n\(number)"
        let count = Int.random(in: 1...4, using: &chance)
        let fault = Int.random(in: 0..<12, using: &chance)
        // Refused when its first entries are written already, so that something must be undone: by the action itself, or by the engine.
        let namesNobody = count > 1 && fault == 0
        let namesOneTwice = count > 1 && fault == 1
        mustBeRefused = namesNobody || namesOneTwice
        var contributions: [PostEntries.OpeningContribution] = []
        for position in 1...count {
            let isLast = position == count
            let contributor = ["riverland", "lakeland", "cote-d-eau"][Int.random(in: 0..<3, using: &chance)]
            contributions.append(
                PostEntries.OpeningContribution(
                    externalID: "\(id)-e\(isLast && namesOneTwice ? 1 : position)of\(count)",
                    contributor: isLast && namesNobody ? "nobody" : contributor,
                    amount: Money(minorUnits: .random(in: 1...99_999, using: &chance), currency: try Currency(code: "JPY", minorUnits: 0)),
                    effectiveOn: try CivilDate(daysSince1970: 19_000 + Int.random(in: 0..<600, using: &chance)),
                    memo: "Streamed", source: "charter"))
        }
        entries = PostEntries(fund: "river-towns", contributions: contributions)
    }
}
