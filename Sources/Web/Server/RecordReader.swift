internal import Ledger
internal import PooledFund
internal import Publications
internal import Synchronization

/// Reads the record that a page is made of, and keeps the last few that were read: many pages are made of one.
final class RecordReader: Sendable {
    private struct Key: Hashable {
        let fund: String
        let sequence: Int64
        let asOf: CivilDate?
    }

    private let office: Office
    private let clock: @Sendable () -> Instant
    private let wording: Wording
    private let records = Mutex<[(key: Key, record: PublicRecord)]>([])

    /// A record of a large fund takes some megabytes.
    private static let recordLimit = 6
    /// No list is longer than this.
    private static let lineLimit = 100_000

    init(office: Office, clock: @escaping @Sendable () -> Instant, wording: Wording) {
        self.office = office
        self.clock = clock
        self.wording = wording
    }

    func context(fund: String, place: Place, query: PageQuery, format: PageFormat, sequence: Int64) async throws -> PageContext {
        let key = Key(fund: fund, sequence: sequence, asOf: try query.asOf)
        let record = try await record(key)
        let lines = try await ledgerLines(place, query, format, record)
        return PageContext(record: record, place: place, query: query, wording: wording, ledgerLines: lines)
    }

    private func record(_ key: Key) async throws -> PublicRecord {
        let now = clock()
        if let kept = records.withLock({ $0.first { $0.key == key }?.record }), kept.validUntil.map({ now < $0 }) ?? true { return kept }
        let read = try await office.publicRecord(of: key.fund, asOf: key.asOf, now: now)
        guard let read else { throw Failure.notFound }
        records.withLock { records in
            records.removeAll { $0.key == key }
            records.insert((key, read), at: 0)
            if records.count > Self.recordLimit { records.removeLast() }
        }
        return read
    }

    /// The lines of the journal that the page shows, from the first to the last of its numbered page.
    private func ledgerLines(_ place: Place, _ query: PageQuery, _ format: PageFormat, _ record: PublicRecord) async throws -> [LedgerLine] {
        let filter: LedgerFilter
        switch place {
        case .ledger: filter = LedgerFilter(account: try query.choice(.account, Account.self) ?? .contributions, contributor: query[.contributor])
        case .contributor(let id): filter = LedgerFilter(contributor: id)
        default: return []
        }
        // One more than the page shows that there is a next one.
        let pages = try query.pageNumber
        let limit = format == .html ? min(pages.multipliedReportingOverflow(by: PageContext.pageSize).partialValue + 1, Self.lineLimit) : Self.lineLimit
        return try await office.ledgerLines(of: record, filter, limit: limit)
    }
}
