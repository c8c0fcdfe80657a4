public import Ledger

/// A role that somebody holds or held, with how it came on record.
public struct HoldingOnRecord: Sendable, Hashable, Identifiable {
    public var id: String { holding.id }
    public let holding: RoleHolding
    public let recordedAt: Instant
    /// The id of whoever gave it.
    public let recordedBy: String
    /// Why it was ended before its time; nil if it was not.
    public let endReason: String?
    public let standing: Standing

    /// Where it stands on a day.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        case current
        case toCome = "to-come"
        case ended
    }

    init(
        _ holding: RoleHolding, recordedAt: Instant, recordedBy: String, endReason: String?, today: CivilDate, now: Instant
    ) {
        self.holding = holding
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
        self.endReason = endReason
        standing =
            holding.isCurrent(today: today, now: now)
            ? .current : holding.isCurrentOrToCome(today: today, now: now) ? .toCome : .ended
    }
}

extension RoleHolding {
    /// The last day on which it is held, or was, at least in part; nil if no end is foreseen.
    ///
    /// - Parameter days: of the fund.
    public func lastDay(_ days: FundDays) -> CivilDate? {
        // An end at midnight is the end of the day before.
        let ended = endedAt.map { days.day(of: (try? Instant(microsecondsSince1970: $0.microsecondsSince1970 - 1)) ?? $0) }
        return [endsOn, ended].compactMap(\.self).min()
    }
}
