import Ledger

func opening(
    _ externalID: String, _ amount: String, by contributor: String = "germany", on date: String = "2022",
    recordedAt: String = "2024-01-31T10:00:00Z"
) throws -> Entry {
    try Entry.openingContribution(
        id: "id-" + externalID, externalID: externalID, contributor: contributor, amount: usd(amount), effectiveOn: day(date),
        recordedAt: instant(recordedAt), memo: "As published", source: "Brief of January 2024")
}

func reversed(_ entry: Entry, effectiveOn: String = "2024-02-01", recordedAt: String = "2024-02-01T00:00:00Z") throws -> Entry {
    let externalID = entry.externalID + "-reversed"
    return try entry.reversal(
        id: "id-" + externalID, externalID: externalID, effectiveOn: day(effectiveOn), recordedAt: instant(recordedAt), memo: "Mistyped")
}

func debit(_ amount: String) throws -> Posting { Posting(account: .contributionsOnRecord, amount: try usd(amount)) }

func credit(_ amount: String) throws -> Posting { Posting(account: .contributions, amount: try usd(amount).negated()) }

func entry(_ postings: [Posting], kind: EntryKind = .openingContribution, reverses: String? = nil) throws -> Entry {
    try Entry(
        id: "id", externalID: "entry", kind: kind, effectiveOn: day("2022"), recordedAt: instant("2024-01-31T10:00:00Z"),
        postings: postings, reverses: reverses, memo: "", source: "")
}

/// An entry that no check has seen, as a damaged row would give it.
func stored(
    _ postings: [Posting], externalID: String = "entry", kind: EntryKind = .openingContribution, reverses: String? = nil,
    on date: String = "2024-02-01", recordedAt: String = "2024-02-01T00:00:00Z"
) throws -> Entry {
    try Entry.asStored(
        id: "id-" + externalID, externalID: externalID, kind: kind, effectiveOn: day(date), recordedAt: instant(recordedAt),
        postings: postings, reverses: reverses, memo: "", source: "")
}
