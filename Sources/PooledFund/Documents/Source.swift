public import Ledger

/// A publication that facts on record come from.
public struct Source: Sendable, Hashable, Identifiable {
    public let id: String
    public let title: String
    public let publisher: String
    public let publishedOn: CivilDate?
    /// A web address or a place in a document; empty if none is known.
    public let address: String
    public let note: String

    init?(_ row: RowReader) {
        let id = row.identifier("id")
        let title = row.requiredText("title")
        publishedOn = row.optionalDate("published_on")
        publisher = row.text("publisher")
        address = row.text("address")
        note = row.text("note")
        guard let id, let title else { return nil }
        self.id = id
        self.title = title
    }
}
