/// The figures that a fund publishes, by the names that others rely on.
public enum FigureKey: String, Sendable, CaseIterable, Hashable {
    /// Contributions on record at whatever stage, each counted once.
    case contributionsMobilized
    case contributionsCommitted
    case contributionsDeposited
    case capitalizationTarget
    /// Mobilized ÷ target.
    case mobilizedShare
    case contributors
    case contributingMemberStates
    case programmesOperational
    case programmesPipeline
    case proposalsReceived
    case transferred
    case refunded
    case netFunded
    case expenditure
    case deliveryRate
    case administrativeAgentFees
    case directCosts
    case bankCharges
    case fundInterest
    case organizationInterest
    case balanceWithAdministrativeAgent
    case balanceWithOrganizations
    case availableForAllocation
    case thematicAreas
    case objectives
    case yearOfLaunch
}
