internal import Foundation
public import Ledger
public import SQL

/// All that is recorded of a fund as known after an event, whatever the day: public records as of many days are made of one.
public struct RecordedFund: Sendable {
    public let fund: String
    /// The event after which the record is read.
    public let head: ChainHead
    /// The name used in headings.
    public var name: String { terms.identity.knownAs }
    /// Whom the fund names for questions.
    public var contact: Identity.Contact { terms.identity.contact }
    let terms: Terms
    let sources: [Source]
    let countries: [Country]
    let organizations: [Organization]
    let contributors: [Contributor]
    let programmes: [Programme]
    let statuses: [String: [StatusClaim]]
    let budgets: [String: [BudgetClaim]]
    let authorities: [String: [LocalAuthority]]
    let statements: [PublishedStatement]
    let texts: [String: TextTemplate]
    /// The sources that entries name.
    let ledgerSources: [String]
    /// The days on which something that is not withheld takes effect, in order.
    let effectiveDays: [CivilDate]

    /// - Parameter knownAt: nil for all that is known.
    /// - Returns: nil if the fund is not on record, or was not at that instant.
    public static func read(_ fund: String, knownAt: Instant? = nil, in transaction: any ReadTransaction) throws -> RecordedFund? {
        let known = try knownAt.map { try AuditQueries.lastEvent(of: fund, knownAt: $0, in: transaction) } ?? .max
        guard let last = try AuditQueries.lastEvent(of: fund, upTo: known, in: transaction),
            let terms = try RecordQueries.terms(of: fund, known: known, in: transaction)
        else { return nil }
        return try RecordedFund(fund, head: last.head, termsText: terms, in: transaction)
    }

    private init(_ fund: String, head: ChainHead, termsText: String, in transaction: any ReadTransaction) throws {
        let faults = FaultCollector()
        guard let terms = TermsReader.read(termsText, faults: faults) else { throw Faults(faults: faults.faults) }
        func all<Record>(_ kind: RecordKind, _ make: (RowReader) -> Record?) throws -> [Record] {
            try RecordQueries.current(kind, of: fund, known: head.sequence, in: transaction).compactMap {
                make(RowReader(fields: $0, line: nil, faults: faults))
            }
        }
        self.fund = fund
        self.head = head
        self.terms = terms
        sources = try all(.sources, Source.init)
        countries = try all(.countries, Country.init)
        organizations = try all(.organizations, Organization.init)
        contributors = try all(.contributors, Contributor.init)
        programmes = try all(.programmes, Programme.init)
        statuses = Dictionary(grouping: try all(.statuses, StatusClaim.init), by: \.programme)
        budgets = Dictionary(grouping: try all(.budgets) { BudgetClaim($0, currency: terms.currency) }, by: \.programme)
        authorities = Dictionary(grouping: try all(.localAuthorities, LocalAuthority.init), by: \.programme)
        statements = try all(.statements, PublishedStatement.init)
        texts = try RecordQueries.texts(of: fund, known: head.sequence, in: transaction).mapValues(TextTemplate.init)
        ledgerSources = try LedgerQueries.sources(of: fund, known: head.sequence, in: transaction)
        try faults.throwIfAny()

        // What only withheld entries say must not show through the dates either.
        var days = Set(try LedgerQueries.dates(of: fund, known: head.sequence, in: transaction))
        days.formUnion(statements.map(\.asOf.lastDay))
        for programme in programmes where programme.disclosure == .public {
            days.formUnion((statuses[programme.code] ?? []).map(\.effectiveOn.lastDay))
            days.formUnion((budgets[programme.code] ?? []).map(\.effectiveOn.lastDay))
        }
        effectiveDays = days.sorted()
    }

    /// The public record as of a day; the ledger is summed up as of that day by the database.
    ///
    /// - Parameter day: nil for the latest effective date on record that is not after today in the fund's time zone.
    public func publicRecord(asOf day: CivilDate?, now: Instant, in transaction: any ReadTransaction) throws -> PublicRecord {
        let zone = try FundTimeZone(terms.identity.timeZone)
        let today = zone.today(at: now)
        let asOf = day ?? effectiveDays.last { $0 <= today } ?? today
        let withholding = Withholding(programmes)
        let onRecord = programmes.map { standing(of: $0, asOf: asOf) }
        let organizations = withholding.shown(organizations, of: onRecord)
        let statements = statements.filter { $0.asOf.lastDay <= asOf.lastDay }
        var otherSources = Set(ledgerSources)
        otherSources.formUnion(organizations.map(\.source))
        otherSources.formUnion(contributors.map(\.source))
        otherSources.formUnion(statements.map(\.source))
        otherSources.formUnion(terms.standings.compactMap(\.standing.source))
        return try PublicRecord(
            fund: fund, terms: terms, asOf: asOf, effectiveDays: effectiveDays,
            validUntil: day == nil ? try effectiveDays.first { $0 > today }.map(zone.start) : nil, head: head,
            sources: withholding.shown(sources, namedByProgrammes: sourcesByProgramme, namedByOthers: otherSources), countries: countries,
            organizations: organizations,
            contributors: contributors,
            amounts: try LedgerQueries.contributions(
                of: fund, currency: terms.currency, asOf: asOf, known: head.sequence, in: transaction),
            balances: try LedgerQueries.balances(of: fund, currency: terms.currency, asOf: asOf, known: head.sequence, in: transaction),
            programmes: onRecord, statements: statements, texts: texts)
    }

    /// Every source that anything about a programme names, whatever its day.
    private var sourcesByProgramme: [String: Set<String>] {
        Dictionary(
            uniqueKeysWithValues: programmes.map { programme in
                var named: Set<String> = [programme.source]
                named.formUnion((statuses[programme.code] ?? []).map(\.source))
                named.formUnion((budgets[programme.code] ?? []).map(\.source))
                named.formUnion((authorities[programme.code] ?? []).map(\.source))
                return (programme.code, named)
            })
    }

    private func standing(of programme: Programme, asOf: CivilDate) -> ProgrammeOnRecord {
        ProgrammeOnRecord(
            programme: programme,
            status: statuses[programme.code]?.filter { $0.effectiveOn.lastDay <= asOf.lastDay }.max { $0.effectiveOn < $1.effectiveOn },
            budget: budgets[programme.code]?.filter { $0.effectiveOn.lastDay <= asOf.lastDay }.max { $0.effectiveOn < $1.effectiveOn },
            regions: regions(of: programme),
            localAuthorities: (authorities[programme.code] ?? []).enumerated().map { index, authority in
                AuthorityOnRecord(
                    authority, number: index + 1, area: terms.thematicArea(programme.thematicArea),
                    countriesOfProgramme: programme.countries)
            })
    }

    /// In the order of the Terms, each once.
    private func regions(of programme: Programme) -> [String] {
        let named =
            programme.countries.isEmpty
            ? programme.regions : countries.filter { programme.countries.contains($0.iso3) }.map(\.region)
        return terms.regions.map(\.id).filter(named.contains)
    }
}

extension PublicRecord {
    /// The record of a fund as of a day and as known at an instant; nil if the fund is not on record, or was not at that instant.
    public static func read(
        _ fund: String, asOf day: CivilDate?, knownAt: Instant? = nil, now: Instant, in transaction: any ReadTransaction
    ) throws -> PublicRecord? {
        try RecordedFund.read(fund, knownAt: knownAt, in: transaction)?.publicRecord(asOf: day, now: now, in: transaction)
    }

    /// The lines of the journal behind this record, from after a place in its order.
    public func ledgerLines(
        _ filter: LedgerFilter, after cursor: LedgerCursor? = nil, limit: Int, in transaction: any ReadTransaction
    ) throws -> [LedgerLine] {
        try LedgerQueries.lines(
            of: fund, currency: terms.currency, filter: filter, asOf: asOf, known: head.sequence, after: cursor, limit: limit,
            in: transaction)
    }
}

/// The days of a fund, in its time zone.
struct FundTimeZone {
    private let zone: TimeZone

    init(_ identifier: String) throws(Refusal) {
        guard let zone = TimeZone(identifier: identifier) else {
            throw Refusal("this machine does not know the time zone \(identifier)", remedy: "install tzdata")
        }
        self.zone = zone
    }

    func today(at now: Instant) -> CivilDate { now.civilDate(secondsFromGMT: zone.secondsFromGMT(for: date(now))) }

    /// The first moment of a day.
    func start(of day: CivilDate) throws -> Instant {
        let midnight = Int64(day.daysSince1970) * 86_400_000_000
        // The offset at the midnight of Greenwich may be another one than at the zone's own.
        var start = try Instant(microsecondsSince1970: midnight)
        for _ in 0..<2 {
            start = try Instant(microsecondsSince1970: midnight - Int64(zone.secondsFromGMT(for: date(start))) * 1_000_000)
        }
        return start
    }

    private func date(_ instant: Instant) -> Date { Date(timeIntervalSince1970: Double(instant.microsecondsSince1970 / 1_000_000)) }
}
