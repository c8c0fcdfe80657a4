/// Why somebody does not assess a proposal.
public struct ReviewerConflict: Sendable, Hashable {
    public let kind: Kind
    /// The organization or the country concerned; empty where it is neither.
    public let party: String

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An organization that they speak for takes part.
        case ownOrganization = "own-organization"
        /// The proposal names the country of an organization that they speak for.
        case ownCountry = "own-country"
        /// They declared an interest in an organization that takes part.
        case declaredOrganization = "declared-organization"
        /// They declared an interest in a country that the proposal names.
        case declaredCountry = "declared-country"
        /// They stepped back from the proposal.
        case steppedBack = "stepped-back"
    }
}

/// Finds conflicts of reviewers with a proposal.
struct ConflictReader {
    let rules: AssessmentRules
    let choices: FormChoices

    /// The first that is found; nil if there is none.
    ///
    /// - Parameters:
    ///   - holdings: every role of the person in the fund, whatever it is.
    ///   - assignments: those of the proposal's document, as they stand.
    func conflict(
        of person: String, _ holdings: [RoleHolding], _ expertise: ReviewerExpertise, with proposal: Proposal, _ facts: ProposalFacts,
        _ assignments: [ReviewerAssignment]
    ) -> ReviewerConflict? {
        let organizations = holdings.map(\.organization)
        if rules.conflicts.contains(.ownOrganization), let own = organizations.first(where: proposal.organizations.contains) {
            return ReviewerConflict(kind: .ownOrganization, party: own)
        }
        let countries = organizations.compactMap { choices.organization($0)?.country }
        if rules.conflicts.contains(.ownCountry), let own = countries.first(where: facts.countries.contains) {
            return ReviewerConflict(kind: .ownCountry, party: own)
        }
        if let declared = expertise.organizations.first(where: proposal.organizations.contains) {
            return ReviewerConflict(kind: .declaredOrganization, party: declared)
        }
        if let declared = expertise.countries.first(where: facts.countries.contains) {
            return ReviewerConflict(kind: .declaredCountry, party: declared)
        }
        if assignments.contains(where: { $0.reviewer == person && $0.state == .steppedBack }) {
            return ReviewerConflict(kind: .steppedBack, party: "")
        }
        return nil
    }
}

/// Somebody who could assess a proposal.
public struct ReviewerCandidate: Sendable, Hashable, Identifiable {
    public var id: String { person }
    public let person: String
    public let expertise: ReviewerExpertise
    /// How many assessments they have to deliver, this one left aside.
    public let load: Int
    public let matchesArea: Bool
    public let matchesRegion: Bool
    /// Nil if nothing keeps them from it.
    public let conflict: ReviewerConflict?
    /// As it stands; nil if the proposal never was theirs.
    public let assignment: ReviewerAssignment?
    /// Whether the program would choose them: by expertise, then by load.
    public fileprivate(set) var isProposed = false

    public var isAssigned: Bool { assignment?.isActive ?? false }

    /// The better first: who knows the area and the region, then who has less to do; within that always in the same order.
    fileprivate var order: (Int, Int, Int, String) { (matchesArea ? 0 : 1, matchesRegion ? 0 : 1, load, person) }
}

/// Finds those who could assess proposals, and whom to choose.
struct CandidateReader {
    let conflicts: ConflictReader
    /// Of those who may review, every role in the fund.
    let holdings: [String: [RoleHolding]]
    let expertise: [String: ReviewerExpertise]
    /// What each has to deliver, by the codes of the proposals.
    let duties: [String: Set<String>]

    /// - Returns: the better ones first; of them as many are proposed as the Terms ask for and are not assigned yet.
    func candidates(_ proposal: Proposal, _ facts: ProposalFacts, _ assignments: [ReviewerAssignment]) -> [ReviewerCandidate] {
        var found = holdings.keys.map { person in
            let own = expertise[person] ?? .none
            return ReviewerCandidate(
                person: person, expertise: own, load: (duties[person] ?? []).subtracting([proposal.code]).count,
                matchesArea: facts.thematicArea.map(own.areas.contains) ?? false,
                matchesRegion: !Set(own.regions).isDisjoint(with: facts.regions),
                conflict: conflicts.conflict(of: person, holdings[person] ?? [], own, with: proposal, facts, assignments),
                assignment: assignments.first { $0.reviewer == person })
        }.sorted { $0.order < $1.order }
        var missing = conflicts.rules.reviewers - assignments.count(where: \.isActive)
        for index in found.indices where missing > 0 && found[index].conflict == nil && !found[index].isAssigned {
            found[index].isProposed = true
            missing -= 1
        }
        return found
    }
}
