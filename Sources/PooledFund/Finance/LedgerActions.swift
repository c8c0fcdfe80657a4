internal import Foundation
public import Ledger
internal import SQL

/// Posts opening contributions that no folder holds.
public struct PostEntries: Action {
    public static let name = "post-entries"
    public static let hasPublicEffect = true

    public let fund: String
    public let contributions: [OpeningContribution]

    /// A published cumulative total whose split into committed and paid is not known.
    public struct OpeningContribution: Sendable, Hashable {
        public let externalID: String
        public let contributor: String
        public let amount: Money
        public let effectiveOn: CivilDate
        public let memo: String
        public let source: String

        public init(externalID: String, contributor: String, amount: Money, effectiveOn: CivilDate, memo: String, source: String) {
            self.externalID = externalID
            self.contributor = contributor
            self.amount = amount
            self.effectiveOn = effectiveOn
            self.memo = memo
            self.source = source
        }
    }

    public init(fund: String, contributions: [OpeningContribution]) {
        self.fund = fund
        self.contributions = contributions
    }

    public func auditBody() throws -> [UInt8] {
        let lines = contributions.map { ["external_id": $0.externalID, "contributor": $0.contributor, "amount": $0.amount.plainDecimal] }
        return Array(try JSONEncoder().encode(["contributions": lines]))
    }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try actor.requireMachineOperator(for: Self.name)
    }

    public func perform(in recording: Recording) throws {
        let known = recording.event - 1
        let currency = try LedgerRules.currency(of: fund, known: known, in: recording.transaction)
        let contributors = Set(try RecordQueries.current(.contributors, of: fund, known: known, in: recording.transaction).map { $0["id"] })
        let sources = Set(try RecordQueries.current(.sources, of: fund, known: known, in: recording.transaction).map { $0["id"] })
        for contribution in contributions {
            guard isIdentifier(contribution.externalID) else {
                throw Refusal("“\(contribution.externalID)” is not an id", remedy: "use letters, digits and hyphens")
            }
            guard contribution.amount.currency == currency else {
                throw Refusal(
                    "\(contribution.externalID) is in \(contribution.amount.currency.code)", remedy: "give the amount in \(currency.code)")
            }
            guard contributors.contains(contribution.contributor) else {
                throw Refusal(
                    "there is no contributor “\(contribution.contributor)”",
                    remedy: didYouMean(contribution.contributor, among: contributors.sorted()))
            }
            guard sources.contains(contribution.source) else {
                throw Refusal(
                    "there is no source “\(contribution.source)”", remedy: didYouMean(contribution.source, among: sources.sorted()))
            }
            let entry = try Entry.openingContribution(
                id: uuidV7(at: recording.now), externalID: contribution.externalID, contributor: contribution.contributor,
                amount: contribution.amount, effectiveOn: contribution.effectiveOn, recordedAt: recording.now, memo: contribution.memo,
                source: contribution.source)
            try Journal.record(entry, in: recording)
        }
    }
}

/// Reverses an entry: corrections never change what is on record.
public struct ReverseEntry: Action {
    public static let name = "reverse-entry"
    public static let hasPublicEffect = true

    public let fund: String
    /// The external id of the entry to reverse.
    public let entry: String
    /// The external id that the reversal gets.
    public let externalID: String
    public let effectiveOn: CivilDate
    public let memo: String

    public init(fund: String, entry: String, externalID: String, effectiveOn: CivilDate, memo: String) {
        self.fund = fund
        self.entry = entry
        self.externalID = externalID
        self.effectiveOn = effectiveOn
        self.memo = memo
    }

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["entry": entry, "external_id": externalID, "effective_on": effectiveOn.description, "memo": memo]))
    }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try actor.requireMachineOperator(for: Self.name)
    }

    public func perform(in recording: Recording) throws {
        guard isIdentifier(externalID) else { throw Refusal("“\(externalID)” is not an id", remedy: "use letters, digits and hyphens") }
        let currency = try LedgerRules.currency(of: fund, known: recording.event - 1, in: recording.transaction)
        let entries = try LedgerQueries.entries(of: fund, currency: currency, in: recording.transaction).map(\.entry)
        guard let original = entries.first(where: { $0.externalID == entry }) else { throw Refusal("the ledger has no entry “\(entry)”") }
        if let reversal = entries.first(where: { $0.reverses == entry }) {
            throw Refusal("“\(entry)” is reversed by “\(reversal.externalID)” already")
        }
        let reversal = try original.reversal(
            id: uuidV7(at: recording.now), externalID: externalID, effectiveOn: effectiveOn, recordedAt: recording.now, memo: memo)
        try Journal.record(reversal, in: recording)
    }
}

enum LedgerRules {
    /// The currency of a fund that is on record.
    static func currency(of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> Currency {
        guard let text = try RecordQueries.terms(of: fund, known: known, in: transaction),
            let terms = TermsReader.read(text, faults: FaultCollector())
        else { throw Refusal("there is no fund “\(fund)”", remedy: "load its folder first") }
        return terms.currency
    }
}
