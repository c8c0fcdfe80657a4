internal import Foundation
public import Ledger
public import SQL

extension PublicRecord {
    /// Reads the record of a fund.
    ///
    /// - Parameters:
    ///   - day: as of; nil for the latest effective date on record that is not after today in the fund's time zone.
    ///   - knownAt: nil for all that is known.
    /// - Returns: nil if the fund is not on record, or was not at that instant.
    public static func read(
        _ fund: String, asOf day: CivilDate?, knownAt: Instant? = nil, now: Instant, in transaction: any ReadTransaction
    ) throws -> PublicRecord? {
        guard let last = try AuditQueries.lastEvent(of: fund, in: transaction) else { return nil }
        let known = try knownAt.map { try AuditQueries.lastEvent(of: fund, knownAt: $0, in: transaction) } ?? last.head.sequence
        let head = try AuditQueries.lastEvent(of: fund, upTo: known, in: transaction)?.head ?? last.head
        guard let text = try RecordQueries.terms(of: fund, known: known, in: transaction) else { return nil }
        let faults = FaultCollector()
        guard let terms = TermsReader.read(text, faults: faults), faults.faults.isEmpty else { throw Faults(faults: faults.faults) }

        func all<Record>(_ kind: RecordKind, _ make: (RowReader) -> Record?) throws -> [Record] {
            try RecordQueries.current(kind, of: fund, known: known, in: transaction).compactMap {
                make(RowReader(fields: $0, line: nil, faults: faults))
            }
        }
        let statuses = try all(.statuses, StatusClaim.init)
        let budgets = try all(.budgets) { BudgetClaim($0, currency: terms.currency) }
        let statements = try all(.statements, PublishedStatement.init)
        let programmes = try all(.programmes, Programme.init)
        // What only withheld entries say must not show through the dates either.
        let withholding = Withholding(programmes)
        let entryDates = try LedgerQueries.dates(of: fund, known: known, in: transaction)
        let claimDates = statuses.filter { !withholding.programmes.contains($0.programme) }.map(\.effectiveOn)
            + budgets.filter { !withholding.programmes.contains($0.programme) }.map(\.effectiveOn)
        let dates = (entryDates + claimDates + statements.map(\.asOf)).map(\.lastDay)
        let range = dates.min().flatMap { earliest in dates.max().map { earliest...$0 } }
        let zone = try timeZone(terms.identity.timeZone)
        let today = today(at: now, in: zone)
        let asOf = day ?? dates.filter { $0 <= today }.max() ?? today
        let validUntil = day == nil ? try dates.filter { $0 > today }.min().map { try start(of: $0, in: zone) } : nil

        let countries = try all(.countries, Country.init)
        let regionOfCountry = Dictionary(uniqueKeysWithValues: countries.map { ($0.iso3, $0.region) })
        let authorities = Dictionary(grouping: try all(.localAuthorities, LocalAuthority.init), by: \.programme)
        let statusesByProgramme = Dictionary(grouping: statuses.filter { $0.effectiveOn.lastDay <= asOf.lastDay }, by: \.programme)
        let budgetsByProgramme = Dictionary(grouping: budgets.filter { $0.effectiveOn.lastDay <= asOf.lastDay }, by: \.programme)
        let onRecord = programmes.map { programme in
            ProgrammeOnRecord(
                programme: programme,
                status: statusesByProgramme[programme.code]?.max { $0.effectiveOn < $1.effectiveOn },
                budget: budgetsByProgramme[programme.code]?.max { $0.effectiveOn < $1.effectiveOn },
                regions: regions(of: programme, terms: terms, regionOfCountry: regionOfCountry),
                localAuthorities: (authorities[programme.code] ?? []).enumerated().map { index, authority in
                    AuthorityOnRecord(
                        authority, number: index + 1, area: terms.thematicArea(programme.thematicArea), countriesOfProgramme: programme.countries)
                })
        }
        let organizations = withholding.shown(try all(.organizations, Organization.init), of: onRecord)
        let contributors = try all(.contributors, Contributor.init)
        var otherSources = Set(try LedgerQueries.sources(of: fund, known: known, in: transaction))
        otherSources.formUnion(organizations.map(\.source))
        otherSources.formUnion(contributors.map(\.source))
        otherSources.formUnion(statements.map(\.source))
        otherSources.formUnion(terms.standings.compactMap(\.standing.source))

        let record = try PublicRecord(
            fund: fund, terms: terms, asOf: asOf, dates: range, validUntil: validUntil, head: head,
            sources: withholding.shown(try all(.sources, Source.init), of: onRecord, namedBy: otherSources), countries: countries,
            organizations: organizations, contributors: contributors,
            amounts: try LedgerQueries.contributions(of: fund, currency: terms.currency, asOf: asOf, known: known, in: transaction),
            balances: try LedgerQueries.balances(of: fund, currency: terms.currency, asOf: asOf, known: known, in: transaction),
            programmes: onRecord, statements: statements,
            texts: try RecordQueries.texts(of: fund, known: known, in: transaction).mapValues(TextTemplate.init))
        try faults.throwIfAny()
        return record
    }

    /// One page of the journal behind this record; one line more than `limit` shows that there is a next page.
    public func ledgerLines(
        _ filter: LedgerFilter, after cursor: LedgerCursor?, limit: Int, in transaction: any ReadTransaction
    ) throws -> [LedgerLine] {
        try LedgerQueries.lines(
            of: fund, currency: terms.currency, filter: filter, asOf: asOf, known: head.sequence, after: cursor, limit: limit, in: transaction)
    }

    private static func timeZone(_ identifier: String) throws -> TimeZone {
        guard let zone = TimeZone(identifier: identifier) else {
            throw Refusal("this machine does not know the time zone \(identifier)", remedy: "install tzdata")
        }
        return zone
    }

    /// The civil date in a time zone.
    static func today(at now: Instant, in zone: TimeZone) -> CivilDate {
        now.civilDate(secondsFromGMT: zone.secondsFromGMT(for: date(now)))
    }

    /// The first moment of a day in a time zone.
    static func start(of day: CivilDate, in zone: TimeZone) throws -> Instant {
        let midnight = try Instant(microsecondsSince1970: Int64(day.daysSince1970) * 86_400_000_000)
        return try Instant(microsecondsSince1970: midnight.microsecondsSince1970 - Int64(zone.secondsFromGMT(for: date(midnight))) * 1_000_000)
    }

    private static func date(_ instant: Instant) -> Date {
        Date(timeIntervalSince1970: Double(instant.microsecondsSince1970 / 1_000_000))
    }

    /// In the order of the Terms, each once.
    private static func regions(of programme: Programme, terms: Terms, regionOfCountry: [String: String]) -> [String] {
        let regions = programme.countries.isEmpty ? Set(programme.regions) : Set(programme.countries.compactMap { regionOfCountry[$0] })
        return terms.regions.map(\.id).filter(regions.contains)
    }
}
