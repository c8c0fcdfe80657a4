internal import Foundation
public import Ledger
internal import SQL

/// States the cash of the fund as of a day, out of the Administrative Agent's books.
public struct StateCash: Action {
    public static let name = "state-cash"
    public static let hasPublicEffect = false
    public static let isRecordedOnBehalf = true
    public static let right = Right([.administrativeAgent], rule: "Only the Administrative Agent states the cash of the fund.")

    public let fund: String
    public let asOf: CivilDate
    public let amounts: Amounts
    public let agreements: [Agreement]
    public let transfers: [Transfer]
    public let note: String
    /// The statement itself.
    public let document: AttachedDocument

    /// Since the fund began, in its currency; nil for nothing.
    public struct Amounts: Sendable, Hashable {
        public let deposits: Money
        public let income: Money?
        public let fees: Money?
        public let transferred: Money?
        /// Set aside for what is no proposal.
        public let reserved: Money?

        public init(deposits: Money, income: Money? = nil, fees: Money? = nil, transferred: Money? = nil, reserved: Money? = nil) {
            self.deposits = deposits
            self.income = income
            self.fees = fees
            self.transferred = transferred
            self.reserved = reserved
        }
    }

    /// An agreement that is signed, with what is still to be paid.
    public struct Agreement: Sendable, Hashable {
        public let agreement: String
        public let contributor: String
        public let amount: Money

        public init(agreement: String, contributor: String, amount: Money) {
            self.agreement = agreement
            self.contributor = contributor
            self.amount = amount
        }
    }

    /// What of an approval was transferred, in all.
    public struct Transfer: Sendable, Hashable {
        public let proposal: String
        public let amount: Money

        public init(proposal: String, amount: Money) {
            self.proposal = proposal
            self.amount = amount
        }
    }

    public init(
        fund: String, asOf: CivilDate, amounts: Amounts, agreements: [Agreement] = [], transfers: [Transfer] = [], note: String = "",
        document: AttachedDocument
    ) {
        self.fund = fund
        self.asOf = asOf
        self.amounts = amounts
        self.agreements = agreements
        self.transfers = transfers
        self.note = note
        self.document = document
    }

    public struct Outcome: Sendable, Hashable, Codable {
        /// What the committee can decide on now, as a plain decimal in the fund's currency.
        public let available: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["as_of": asOf.description])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let currency = try recording.terms().currency
        try check(recording, currency)
        try DocumentQueries.keep(document, in: recording.beside)
        func value(_ amount: Money?) -> Value { .integer(amount?.minorUnits ?? 0) }
        try recording.insert(
            into: .cashStatement,
            [
                .text(asOf.description), value(amounts.deposits), value(amounts.income), value(amounts.fees), value(amounts.transferred),
                value(amounts.reserved), .text(note), .bytes(document.digest),
            ])
        for agreement in agreements {
            try recording.insert(
                into: .cashAgreement, [.text(agreement.agreement), .text(agreement.contributor), value(agreement.amount)])
        }
        for transfer in transfers { try recording.insert(into: .cashTransfer, [.text(transfer.proposal), value(transfer.amount)]) }
        return Outcome(available: try available(recording, currency).plainDecimal)
    }

    /// Computed of what is stated: its own event cannot be read yet.
    private func available(_ recording: Recording, _ currency: Currency) throws -> Money {
        let zero = Money.zero(currency)
        let statement = CashStatement(
            asOf: asOf, deposits: amounts.deposits, income: amounts.income ?? zero, fees: amounts.fees ?? zero,
            transferred: amounts.transferred ?? zero, reserved: amounts.reserved ?? zero, note: note, document: document.digest,
            statedAt: recording.now,
            agreements: agreements.map { CashStatement.Agreement(id: $0.agreement, contributor: $0.contributor, amount: $0.amount) },
            transfers: Dictionary(transfers.map { ($0.proposal, $0.amount) }, uniquingKeysWith: { $1 }))
        return try CashPosition(
            statement, approvals: DecisionQueries.decisions(of: fund, currency, in: recording.transaction)
        ).available
    }

    private func check(_ recording: Recording, _ currency: Currency) throws {
        try recording.requireDay(asOf, "the day")
        guard try asOf <= recording.today() else { throw Refusal("\(asOf) is still to come", remedy: "state what is known by today") }
        if let last = try MoneyQueries.statement(of: fund, currency, in: recording.transaction), asOf < last.asOf {
            throw Refusal("the cash of \(last.asOf) is stated already", remedy: "state that of the same day, or of a later one")
        }
        if !note.isEmpty { try requireText(note, "the note", limit: 4_000) }
        let zero = Money.zero(currency)
        let came = try amounts.deposits.adding(amounts.income ?? zero)
        let went = try (amounts.fees ?? zero).adding(amounts.transferred ?? zero)
        guard went.minorUnits <= came.minorUnits else {
            throw Refusal("more went out, \(went), than came in, \(came)", remedy: "check the amounts")
        }
        guard Set(agreements.map(\.agreement)).count == agreements.count, Set(transfers.map(\.proposal)).count == transfers.count else {
            throw Refusal("an agreement or a proposal is named twice", remedy: "name each once")
        }
        for agreement in agreements { try requireSlug(agreement.agreement, "the id of an agreement") }
        if let missing = try recording.missing(Set(agreements.map(\.contributor)), among: .contributors).sorted().first {
            throw Refusal("the fund has no contributor “\(missing)”", remedy: "load it with the fund's folder first")
        }
        let transferred = try Money.sum(transfers.map(\.amount), in: currency)
        guard transferred.minorUnits <= (amounts.transferred ?? zero).minorUnits else {
            throw Refusal(
                "the transfers for single proposals, \(transferred), are more than what was transferred", remedy: "check the amounts")
        }
        let approvals = try DecisionQueries.decisions(of: fund, currency, in: recording.transaction).filter { $0.outcome == .approved }
        for transfer in transfers {
            guard let approval = approvals.first(where: { $0.proposal == transfer.proposal }) else {
                throw Refusal("“\(transfer.proposal)” was not approved", remedy: "leave it out")
            }
            let approved = try approval.total(in: currency)
            guard transfer.amount.minorUnits <= approved.minorUnits else {
                throw Refusal("more was transferred for “\(transfer.proposal)” than the \(approved) approved", remedy: "check the amount")
            }
        }
    }
}

/// Notes what a contributor would like its money to be used for, or that it no longer does.
public struct NoteEarmark: Action {
    public static let name = "note-earmark"
    public static let hasPublicEffect = false
    public static let right = Right(
        [.fundManagementUnitOfficer, .administrativeAgent],
        rule: "Only an officer of the Fund Management Unit or the Administrative Agent notes what contributors would like.")

    public let fund: String
    public let id: String
    public let contributor: String
    /// The number of a thematic area; or nil, with a region.
    public let area: Int?
    public let region: String?
    /// Nil if the contributor no longer asks for it.
    public let amount: Money?
    public let note: String

    public init(fund: String, id: String, contributor: String, area: Int? = nil, region: String? = nil, amount: Money?, note: String = "") {
        self.fund = fund
        self.id = id
        self.contributor = contributor
        self.area = area
        self.region = region
        self.amount = amount
        self.note = note
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let earmark: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["earmark": id, "contributor": contributor])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let terms = try recording.terms()
        try requireSlug(id, "the id of an earmark")
        if !note.isEmpty { try requireText(note, "the note", limit: 2_000) }
        guard try recording.missing([contributor], among: .contributors).isEmpty else {
            throw Refusal("the fund has no contributor “\(contributor)”", remedy: "load it with the fund's folder first")
        }
        let target: EarmarkTarget
        switch (area, region) {
        case (let area?, nil):
            guard terms.thematicArea(area) != nil else { throw Refusal("there is no thematic area \(area)", remedy: "give its number") }
            target = .area(area)
        case (nil, let region?):
            guard terms.region(region) != nil else {
                throw Refusal("there is no region “\(region)”", remedy: didYouMean(region, among: terms.regions.map(\.id)))
            }
            target = .region(region)
        default: throw Refusal("an earmark is for a thematic area or for a region", remedy: "name one of the two")
        }
        try recording.insert(
            into: .softEarmark,
            [
                .text(id), .text(contributor), .text(target.columns.dimension), .text(target.columns.target),
                .integer(amount?.minorUnits ?? 0), .text(note),
            ])
        return Outcome(earmark: id)
    }
}
