internal import Ledger

extension PublicRecord {
    /// Every figure of the fund, in the order of `FigureKey`.
    public var figures: [Figure] { FigureKey.allCases.map(figure) }

    public func figure(_ key: FigureKey) -> Figure {
        switch key {
        case .contributionsMobilized:
            covered(key, by: .openingContributions) { (.money(contributionsMobilized), .entries(LedgerFilter())) }
        case .contributors:
            covered(key, by: .openingContributions) { (.count(contributions.count), .contributors(nil)) }
        case .contributingMemberStates:
            covered(key, by: .openingContributions) {
                (.count(contributions.count { $0.contributor.kind == .memberState }), .contributors(.memberState))
            }
        case .programmesOperational:
            covered(key, by: .programmes) { countOfProgrammes(.operational) }
        case .programmesPipeline:
            covered(key, by: .pipeline) { countOfProgrammes(.pipeline) }
        case .capitalizationTarget:
            terms.target(asOf: asOf).map { Figure(key, asOf: asOf, .money($0.amount), trace: .terms(.targets)) }
                ?? Figure(key, asOf: asOf, without: .noTarget)
        case .mobilizedShare: mobilizedShare
        case .thematicAreas: Figure(key, asOf: asOf, .count(terms.thematicAreas.count), trace: .terms(.thematicAreas))
        case .objectives: Figure(key, asOf: asOf, .count(terms.objectives.count), trace: .terms(.objectives))
        case .yearOfLaunch:
            terms.identity.launchedOn.map { Figure(key, asOf: asOf, .year($0.year), trace: .terms(.identity)) }
                ?? Figure(key, asOf: asOf, without: .recordsDoNotReach)
        case .contributionsCommitted, .contributionsDeposited, .proposalsReceived, .transferred, .refunded, .netFunded, .expenditure,
            .deliveryRate, .administrativeAgentFees, .directCosts, .bankCharges, .fundInterest, .organizationInterest,
            .balanceWithAdministrativeAgent, .balanceWithOrganizations, .availableForAllocation:
            Figure(key, asOf: asOf, without: .recordsDoNotReach)
        }
    }

    private func covered(_ key: FigureKey, by records: Coverage.Records, _ value: () -> (FigureValue, Trace)) -> Figure {
        guard coverage(of: records) != nil else {
            return Figure(key, asOf: asOf, without: terms.coverage(of: records).map { .recordsBegin($0.asOf) } ?? .recordsDoNotReach)
        }
        let (value, trace) = value()
        return Figure(key, asOf: asOf, value, trace: trace)
    }

    private func countOfProgrammes(_ status: ProgrammeStatus) -> (FigureValue, Trace) {
        let filter = ProgrammeFilter(status: .known(status))
        return (.count(programmes(filter).count), .programmes(filter))
    }

    private var mobilizedShare: Figure {
        guard let target = terms.target(asOf: asOf) else { return Figure(.mobilizedShare, asOf: asOf, without: .noTarget) }
        let mobilized = figure(.contributionsMobilized)
        guard mobilized.value != nil, let share = try? contributionsMobilized.share(of: target.amount) else {
            return Figure(.mobilizedShare, asOf: asOf, without: mobilized.reason ?? .recordsDoNotReach)
        }
        return Figure(
            .mobilizedShare, asOf: asOf, .share(share), trace: .ratio(of: .contributionsMobilized, to: .capitalizationTarget))
    }
}
