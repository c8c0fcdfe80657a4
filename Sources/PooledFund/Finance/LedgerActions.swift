internal import Foundation
public import Ledger
internal import SQL

/// Posts opening contributions that no folder holds.
public struct PostEntries: Action {
    public static let name = "post-entries"
    public static let hasPublicEffect = true
    public static let right = LedgerRules.right

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

    public struct Outcome: Sendable, Hashable, Codable {
        /// How many entries were posted.
        public let entries: Int
    }

    public func auditBody() throws -> [UInt8] {
        let lines = contributions.map { ["external_id": $0.externalID, "contributor": $0.contributor, "amount": $0.amount.plainDecimal] }
        return Array(try JSONEncoder().encode(["contributions": lines]))
    }

    public func perform(in recording: Recording) throws -> Outcome {
        let currency = try LedgerRules.currency(in: recording)
        let missingContributors = try recording.missing(Set(contributions.map(\.contributor)), among: .contributors)
        let missingSources = try recording.missing(Set(contributions.map(\.source)), among: .sources)
        for contribution in contributions {
            guard isIdentifier(contribution.externalID) else {
                throw Refusal("“\(contribution.externalID)” is not an id", remedy: "use letters, digits and hyphens")
            }
            guard contribution.amount.currency == currency else {
                throw Refusal(
                    "\(contribution.externalID) is in \(contribution.amount.currency.code)", remedy: "give the amount in \(currency.code)")
            }
            guard !missingContributors.contains(contribution.contributor) else {
                throw Refusal(
                    "there is no contributor “\(contribution.contributor)”",
                    remedy: didYouMean(contribution.contributor, among: try recording.identifiers(of: .contributors)))
            }
            guard !missingSources.contains(contribution.source) else {
                throw Refusal(
                    "there is no source “\(contribution.source)”",
                    remedy: didYouMean(contribution.source, among: try recording.identifiers(of: .sources)))
            }
            let entry = try Entry.openingContribution(
                id: uuidV7(at: recording.now), externalID: contribution.externalID, contributor: contribution.contributor,
                amount: contribution.amount, effectiveOn: contribution.effectiveOn, recordedAt: recording.now, memo: contribution.memo,
                source: contribution.source)
            try Journal.record(entry, in: recording)
        }
        return Outcome(entries: contributions.count)
    }
}

/// Reverses an entry: corrections never change what is on record.
public struct ReverseEntry: Action {
    public static let name = "reverse-entry"
    public static let hasPublicEffect = true
    public static let right = LedgerRules.right

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

    public struct Outcome: Sendable, Hashable, Codable {
        /// The external id of the reversal.
        public let reversal: String
    }

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["entry": entry, "external_id": externalID, "effective_on": effectiveOn.description, "memo": memo]))
    }

    public func perform(in recording: Recording) throws -> Outcome {
        guard isIdentifier(externalID) else { throw Refusal("“\(externalID)” is not an id", remedy: "use letters, digits and hyphens") }
        let currency = try LedgerRules.currency(in: recording)
        let entries = try LedgerQueries.entries(of: fund, currency: currency, in: recording.transaction).map(\.entry)
        guard let original = entries.first(where: { $0.externalID == entry }) else { throw Refusal("the ledger has no entry “\(entry)”") }
        if let reversal = entries.first(where: { $0.reverses == entry }) {
            throw Refusal("“\(entry)” is reversed by “\(reversal.externalID)” already")
        }
        let reversal = try original.reversal(
            id: uuidV7(at: recording.now), externalID: externalID, effectiveOn: effectiveOn, recordedAt: recording.now, memo: memo)
        try Journal.record(reversal, in: recording)
        return Outcome(reversal: externalID)
    }
}

enum LedgerRules {
    /// Administering the money is the agent's: neither who decides nor who implements posts it.
    static let right = Right([.administrativeAgent], operators: true, rule: "Only the Administrative Agent posts to the ledger.")

    /// The currency of the fund whose record is being changed.
    static func currency(in recording: Recording) throws -> Currency {
        try recording.memory.currency(of: recording.fund) {
            try currency(of: recording.fund, known: recording.event - 1, in: recording.transaction)
        }
    }

    /// The currency of a fund that is on record.
    static func currency(of fund: String, known: Int64, in transaction: any ReadTransaction) throws -> Currency {
        guard let terms = try TermsOnRecord.read(fund, known: known, in: transaction) else {
            throw Refusal("there is no fund “\(fund)”", remedy: "load its folder first")
        }
        return terms.currency
    }
}

extension Recording {
    /// Those of `identifiers` that no record of the kind has.
    func missing(_ identifiers: Set<String>, among kind: RecordKind) throws -> Set<String> {
        try memory.missing(identifiers, among: kind, of: fund) { unknown in
            try RecordQueries.identifiers(unknown, among: kind, of: fund, known: event - 1, in: transaction)
        }
    }

    /// Those of all records of the kind, in order.
    fileprivate func identifiers(of kind: RecordKind) throws -> [String] {
        try RecordQueries.current(kind, of: fund, known: event - 1, in: transaction).map { $0["id"] }
    }
}
