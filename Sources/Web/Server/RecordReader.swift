internal import HTML
internal import HTTPTypes
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

    private struct Kept {
        /// One a fund, with the public sequence under which it was read.
        var funds: [String: (sequence: Int64, recorded: RecordedFund)] = [:]
        /// The last few, latest first.
        var records: [(key: Key, record: PublicRecord)] = []
    }

    private let office: Office
    private let clock: @Sendable () -> Instant
    private let kept = Mutex(Kept())

    /// A record of a large fund takes some megabytes.
    private static let recordLimit = 6
    /// No page goes beyond this many lines, and no file is longer.
    private static let lineLimit = 100_000

    init(office: Office, clock: @escaping @Sendable () -> Instant) {
        self.office = office
        self.clock = clock
    }

    func context(
        fund: String, place: Place, query: PageQuery, format: PageFormat, sequence: Int64, wording: Wording
    ) async throws -> PageContext {
        let key = Key(fund: fund, sequence: sequence, asOf: try query.asOf)
        let record = try await record(key)
        let lines = try await ledgerLines(place, query, format, record)
        var context = PageContext(record: record, place: place, query: query, wording: wording, ledgerLines: lines)
        context.validUntil = key.asOf == nil ? record.validUntil : nil
        switch place {
        case .calls, .call:
            guard let calls = try await office.publicCalls(of: fund, asOf: key.asOf, now: clock()) else { throw Failure.notFound }
            context.calls = calls
            context.validUntil = [context.validUntil, calls.validUntil].compactMap(\.self).min()
        default: break
        }
        if place.tellsOutcomes { (context.outcomes, context.validUntil) = try await outcomes(key, record) }
        if place == .statistics { (context.statistics, context.validUntil) = try await statistics(key) }
        return context
    }

    /// What the public sees of a fund today, for a page that shows more than that.
    ///
    /// - Throws: 404 if the fund is not on record; 503 if the visitor has seen a newer record than can be read.
    func record(of fund: String, seen: SeenCookie) async throws -> PublicRecord {
        try await record(Key(fund: fund, sequence: try await office.publicSequence(of: fund, seen: seen), asOf: nil))
    }

    /// The fund's name for a list of funds; its slug as long as no page of it was asked for.
    func name(of fund: String) -> String {
        kept.withLock { $0.funds[fund]?.recorded.name } ?? fund
    }

    private func record(_ key: Key) async throws -> PublicRecord {
        let now = clock()
        let known = kept.withLock { $0.records.first { $0.key == key }?.record }
        if let known, known.validUntil.map({ now < $0 }) ?? true { return known }
        let record = try await office.publicRecord(of: try await recordedFund(key), asOf: key.asOf, now: now)
        kept.withLock { kept in
            kept.records.removeAll { $0.key == key }
            kept.records.insert((key, record), at: 0)
            if kept.records.count > Self.recordLimit { kept.records.removeLast() }
        }
        return record
    }

    private func recordedFund(_ key: Key) async throws -> RecordedFund {
        if let known = kept.withLock({ $0.funds[key.fund] }), known.sequence >= key.sequence { return known.recorded }
        guard let recorded = try await office.recordedFund(key.fund) else { throw Failure.notFound }
        kept.withLock { kept in
            if kept.funds[key.fund].map({ $0.sequence < key.sequence }) ?? true { kept.funds[key.fund] = (key.sequence, recorded) }
        }
        return recorded
    }

    private func statistics(_ key: Key) async throws -> (ProposalStatistics, validUntil: Instant?) {
        guard let read = try await office.proposalStatistics(of: key.fund, asOf: key.asOf, now: clock()) else { throw Failure.notFound }
        return read
    }

    /// They are told as of today, and so until midnight.
    private func outcomes(_ key: Key, _ record: PublicRecord) async throws -> (PublishedOutcomes, validUntil: Instant?) {
        guard let outcomes = try await office.publishedOutcomes(of: key.fund, asOf: key.asOf, now: clock()) else { throw Failure.notFound }
        guard key.asOf == nil else { return (outcomes, nil) }
        let days = try FundDays(timeZone: record.terms.identity.timeZone)
        return (outcomes, try days.start(of: try outcomes.asOf.adding(days: 1)))
    }

    /// The lines of the journal that are shown: to the end of a numbered page, one part of a list in JSON, or all in one file.
    private func ledgerLines(_ place: Place, _ query: PageQuery, _ format: PageFormat, _ record: PublicRecord) async throws -> [LedgerLine]
    {
        let filter: LedgerFilter
        switch place {
        case .ledger:
            filter = LedgerFilter(account: try query.choice(.account, Account.self) ?? .contributions, contributor: query[.contributor])
        case .contributor(let id): filter = LedgerFilter(contributor: id)
        default: return []
        }
        // One more than is shown tells that there is more.
        switch format {
        case .html:
            let pages = min(try query.pageNumber, Self.lineLimit / PageContext.pageSize)
            return try await office.ledgerLines(of: record, filter, limit: pages * PageContext.pageSize + 1)
        case .json:
            let cursor = try query[.cursor].map { text throws(Failure) in
                guard let cursor = LedgerCursor(parsing: text) else { throw PageQuery.unreadable(.cursor, text) }
                return cursor
            }
            return try await office.ledgerLines(of: record, filter, after: cursor, limit: try query.limit + 1)
        case .csv:
            let lines = try await office.ledgerLines(of: record, filter, limit: Self.lineLimit + 1)
            guard lines.count <= Self.lineLimit else { throw Failure(.badRequest, "error.list-too-long") }
            return lines
        }
    }
}
