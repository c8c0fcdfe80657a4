public import Ledger

/// A public figure: its value as of a day and where it comes from, or no value and the reason.
public struct Figure: Sendable, Hashable {
    public let key: FigureKey
    /// Nil where the fund's records do not reach; never a zero that looks like knowledge.
    public let value: FigureValue?
    /// Why there is no value; nil if there is one.
    public let reason: Reason?
    public let asOf: CivilDate
    /// What adds up to the value; nil if there is none.
    public let trace: Trace?

    /// Why a figure has no value.
    public enum Reason: Sendable, Hashable {
        /// The fund's records of this kind do not reach here yet.
        case recordsDoNotReach
        /// The records of this kind begin on a later day.
        case recordsBegin(CivilDate)
        /// No target had been set by the day.
        case noTarget
    }

    init(_ key: FigureKey, asOf: CivilDate, _ value: FigureValue, trace: Trace) {
        self.key = key
        self.value = value
        reason = nil
        self.asOf = asOf
        self.trace = trace
    }

    init(_ key: FigureKey, asOf: CivilDate, without reason: Reason) {
        self.key = key
        value = nil
        self.reason = reason
        self.asOf = asOf
        trace = nil
    }
}

/// The records that make a figure.
public enum Trace: Sendable, Hashable {
    /// Their amounts add up to the figure.
    case entries(LedgerFilter)
    /// Their number is the figure.
    case contributors(Contributor.Kind?)
    /// Their number, or the sum of their budgets, is the figure.
    case programmes(ProgrammeFilter)
    /// The first divided by the second is the figure.
    case ratio(of: FigureKey, to: FigureKey)
    /// It stands in the Terms, or is the number of their items.
    case terms(TermsSection)
}

/// A section of the Terms that figures come from.
public enum TermsSection: String, Sendable, CaseIterable {
    case targets
    case identity
    case thematicAreas = "thematic-areas"
    case objectives
}
