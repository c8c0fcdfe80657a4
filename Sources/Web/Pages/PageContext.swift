internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// What a page is made of: the fund's public record as of a day, what the address asks for, and the words.
struct PageContext: Sendable {
    let record: PublicRecord
    let place: Place
    let query: PageQuery
    let wording: Wording
    /// Reads the ledger lines of one page; the only query that a page still makes once the record is read.
    let ledgerLines: [LedgerLine]
    /// What became of proposals; nil on every other page.
    var statistics: ProposalStatistics?
    /// Calls for proposals; nil on every page of something else.
    var calls: PublicCalls?
    /// What the committee decided, on the pages that say so; nil on every other page.
    var outcomes: PublishedOutcomes?
    /// Until when the page is true; nil for as long as nothing is recorded.
    var validUntil: Instant?

    /// The day that the page speaks of.
    var asOf: CivilDate { statistics?.asOf ?? outcomes?.asOf ?? calls.map { $0.days.day(of: $0.at) } ?? record.asOf }

    var say: Catalogue { wording.say }
    var terms: Terms { record.terms }

    /// The address of a page of this fund, as of the same day if the reader chose one.
    func address(_ place: Place, _ values: [QueryParameter: String] = [:], fragment: String? = nil) -> Address {
        var query = PageQuery()
        for (parameter, value) in values { query[parameter] = value }
        query[.asOf] = query[.asOf] ?? self.query[.asOf]
        return Address(segments: ["funds", record.fund] + place.segments, query: query.pairs, fragment: fragment)
    }

    /// The page's own data as a file: the same path with an ending, the same query.
    func dataAddress(_ ending: String) -> Address {
        var segments = ["funds", record.fund] + place.segments
        segments[segments.count - 1] += ".\(ending)"
        return Address(segments: segments, query: query.pairs.filter { $0.0 != QueryParameter.page.rawValue || ending != "csv" })
    }

    /// This page with some of what its address asks for changed; nil takes a parameter away.
    func address(changing values: [QueryParameter: String?]) -> Address {
        var query = query
        for (parameter, value) in values { query[parameter] = value }
        return Address(segments: ["funds", record.fund] + place.segments, query: query.pairs)
    }

    func link(_ place: Place, _ text: String, _ values: [QueryParameter: String] = [:]) -> Markup {
        a(.href(address(place, values))) { text }
    }

    /// The rows of one numbered page of a list.
    ///
    /// - Throws: 404 for a page beyond the end. An empty list has one empty page.
    func paged<Element>(_ elements: [Element]) throws(Failure) -> (rows: ArraySlice<Element>, pages: Int) {
        let number = try query.pageNumber
        let pages = max(1, (elements.count + Self.pageSize - 1) / Self.pageSize)
        guard number <= pages else { throw .pageBeyondEnd }
        return (elements.dropFirst((number - 1) * Self.pageSize).prefix(Self.pageSize), pages)
    }

    /// The day from which on what this page shows is on record, if that is later than the day asked for.
    var firstDay: CivilDate? {
        let kinds: [Coverage.Records]
        switch place {
        case .overview, .statements: kinds = Coverage.Records.allCases
        case .contributors, .contributor, .ledger, .brief: kinds = [.openingContributions]
        case .pipeline: kinds = [.pipeline]
        case .balance: kinds = [.programmes]
        case .localEngagement: kinds = [.localEngagement]
        default: kinds = []
        }
        let first = kinds.compactMap { terms.coverage(of: $0)?.asOf }.min { $0.lastDay < $1.lastDay }
        if let first { return record.asOf.lastDay < first.lastDay ? first : nil }
        return record.isBeforeFirstRecord ? record.earliestDate : nil
    }

    /// Rows of a list on one page.
    static let pageSize = 60
}

/// A page before the layout is put around it.
struct Page {
    let title: String
    /// One sentence that says what the page shows.
    let lead: Markup
    let content: Markup
    /// Whether the page's data is offered as CSV and JSON.
    var hasData = true
    /// A heading in place of the title, where the two differ.
    var heading: Markup?
}
