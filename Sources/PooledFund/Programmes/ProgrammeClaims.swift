public import Ledger

/// Where a joint programme stands.
public enum ProgrammeStatus: String, Sendable, CaseIterable, Hashable {
    /// Endorsed and waiting for funds.
    case pipeline
    case operational
    /// Its activities are complete; money may still move.
    case operationallyClosed = "operationally-closed"
    /// All obligations are settled and no charge may be incurred any more.
    case financiallyClosed = "financially-closed"
}

/// A source's claim that a programme has a status from a date on.
public struct StatusClaim: Sendable, Hashable {
    public let programme: String
    public let status: ProgrammeStatus
    public let effectiveOn: CivilDate
    public let source: String
    public let note: String

    init?(_ row: RowReader) {
        let programme = row.requiredText("programme")
        let status = row.choice("status", ProgrammeStatus.self)
        let effectiveOn = row.date("effective_on")
        let source = row.requiredText("source")
        note = row.text("note")
        guard let programme, let status, let effectiveOn, let source else { return nil }
        self.programme = programme
        self.status = status
        self.effectiveOn = effectiveOn
        self.source = source
    }
}

/// A source's claim that a programme has a budget from a date on.
public struct BudgetClaim: Sendable, Hashable {
    public let programme: String
    public let amount: Money
    public let effectiveOn: CivilDate
    public let source: String
    public let isConfirmed: Bool
    public let note: String

    init?(_ row: RowReader, currency: Currency) {
        let programme = row.requiredText("programme")
        let amount = row.amount("amount", currency: "currency", in: currency)
        let effectiveOn = row.date("effective_on")
        let source = row.requiredText("source")
        isConfirmed = !row.unconfirmed().contains("amount")
        note = row.text("note")
        guard let programme, let amount, let effectiveOn, let source else { return nil }
        self.programme = programme
        self.amount = amount
        self.effectiveOn = effectiveOn
        self.source = source
    }
}
