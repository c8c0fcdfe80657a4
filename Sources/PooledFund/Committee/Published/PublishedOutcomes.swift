public import Ledger
internal import SQL

/// What the public may know of what the committee decided: what was approved, and what waits in the pipeline with its proposers' consent.
///
/// Scores, rationales, conditions, abstentions and whatever was not taken up are not in it, so that no page has to think of them.
public struct PublishedOutcomes: Sendable {
    public let asOf: CivilDate
    /// The latest first.
    public let approved: [PublishedProposal]
    /// Those that wait longest first.
    public let pipeline: [PublishedProposal]

    public var all: [PublishedProposal] { approved + pipeline }

    /// A decision on one proposal at one meeting.
    public func decided(_ proposal: String, at meeting: String) -> PublishedProposal? {
        all.first { $0.id == proposal && $0.meeting == meeting }
    }
}

/// A proposal as the public may know it.
public struct PublishedProposal: Sendable, Identifiable {
    public var id: String { code }
    public let code: String
    public let title: String
    public let outcome: Outcome
    /// The day on which it was approved, or taken into the pipeline.
    public let day: CivilDate
    /// The meeting that decided; nil for one without a decision on record here.
    public let meeting: String?
    public let takenBy: CommitteeDecision.Way?
    /// What was decided on.
    public let document: ProposalDocument
    public let version: Int
    /// SHA-256 of that version's content.
    public let contentDigest: [UInt8]
    public let thematicArea: Int?
    public let objectives: [Int]
    public let countries: [String]
    public let regions: [String]
    public let durationMonths: Int?
    /// What each organization receives or would receive.
    public let amounts: [ProposalFacts.Amount]
    /// What each organization that takes part is called, the lead first.
    public let organizations: [Named]
    /// What it is for; empty unless its proposers agreed that it is published.
    public let purpose: String
    /// As the next; empty without consent.
    public let nationalPartners: [String]
    /// Empty where naming a place could put people at risk.
    public let localAuthorities: [String]
    /// The files of the version that the form has public, in its order; none where naming a place could put people at risk, since they may name one.
    public let files: [PublishedFile]

    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case approved
        case pipeline
    }

    public struct Named: Sendable, Hashable, Identifiable {
        public let id: String
        public let name: String
    }

    public func total(in currency: Currency) throws(MoneyError) -> Money { try Money.sum(amounts.map { $0.amount }, in: currency) }
    public func name(of organization: String) -> String { organizations.first { $0.id == organization }?.name ?? organization }
}

/// A file of a proposal that everybody may have.
public struct PublishedFile: Sendable, Hashable, Identifiable {
    public let id: String
    /// What the form calls it: what its writers called it is for those who read the proposal.
    public let label: String
    /// As the content shows: `application/pdf`.
    public let mediaType: String
    /// In bytes.
    public let size: Int
    /// SHA-256 of the content.
    public let digest: [UInt8]
}

extension Office {
    /// What the public may know of the committee's decisions, as of the end of a day; nil if the fund is not on record.
    ///
    /// What left the pipeline is gone from every day: it was published as long as it was there.
    ///
    /// - Parameter day: nil for today.
    public nonisolated func publishedOutcomes(of fund: String, asOf day: CivilDate?, now: Instant) async throws -> PublishedOutcomes? {
        try await database.read { try PublishedOutcomes.read(fund, asOf: day, now: now, in: $0) }
    }

    /// A public file of a proposal with its content; nil if the public may not have it now, whatever was published before.
    public nonisolated func publishedFile(
        _ id: String, of proposal: String, in fund: String, now: Instant
    ) async throws -> (file: PublishedFile, content: [UInt8])? {
        try await database.read { transaction in
            let outcomes = try PublishedOutcomes.read(fund, asOf: nil, now: now, only: proposal, in: transaction)
            guard let file = outcomes?.all.lazy.flatMap(\.files).first(where: { $0.id == id }),
                let content = try DocumentQueries.content(file.digest, in: transaction)
            else { return nil }
            return (file, content)
        }
    }
}

extension PublishedOutcomes {
    /// - Parameter only: the code of the one proposal that is asked for; nil for all.
    static func read(
        _ fund: String, asOf day: CivilDate?, now: Instant, only code: String? = nil, in transaction: any ReadTransaction
    ) throws -> PublishedOutcomes? {
        guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
        let reader = PublishedReader(
            fund: fund, terms: terms, choices: try FormChoices.read(fund, terms, in: transaction),
            consents: try DecisionQueries.consents(of: fund, in: transaction),
            days: try FundDays(timeZone: terms.identity.timeZone), transaction: transaction)
        let last = day?.lastDay ?? reader.days.day(of: now)
        let decisions = try DecisionQueries.decisions(of: fund, terms.currency, in: transaction).filter {
            code == nil || $0.proposal == code
        }
        let approved = try decisions.filter { $0.outcome == .approved && reader.days.day(of: $0.recordedAt) <= last }.compactMap(
            reader.approved)
        let entries = try PipelineEntry.read(fund, terms, in: transaction).filter {
            $0.isPublished && $0.since <= last && (code == nil || $0.id == code)
        }
        return PublishedOutcomes(
            asOf: last, approved: approved,
            pipeline: try entries.compactMap { entry in
                // The latest decision that took it up: one that came back from the second gate has two.
                try reader.entry(entry, decisions.first { $0.proposal == entry.id && $0.outcome == .pipeline })
            })
    }
}

/// Takes what may be published out of what is on record.
private struct PublishedReader {
    let fund: String
    let terms: Terms
    let choices: FormChoices
    let consents: Set<String>
    let days: FundDays
    let transaction: any ReadTransaction

    func approved(_ decision: CommitteeDecision) throws -> PublishedProposal? {
        guard let proposal = try ProposalQueries.proposal(decision.proposal, of: fund, in: transaction),
            let version = try version(decision.proposal, decision.document, decision.version)
        else { return nil }
        return try published(
            proposal, version, .approved, day: days.day(of: decision.recordedAt), decision, decidedOn: version, decision.amounts)
    }

    func entry(_ entry: PipelineEntry, _ decision: CommitteeDecision?) throws -> PublishedProposal? {
        let decidedOn = try decision.flatMap { try version(entry.id, $0.document, $0.version) } ?? entry.version
        // The entry comes without the content, which says what it is for.
        let current = try version(entry.id, entry.version.document, entry.version.number) ?? entry.version
        return try published(entry.proposal, current, .pipeline, day: entry.since, decision, decidedOn: decidedOn, entry.amounts)
    }

    private func version(_ code: String, _ document: ProposalDocument, _ number: Int) throws -> ProposalVersion? {
        try ProposalQueries.versions(of: code, document, in: fund, terms.currency, in: transaction).first { $0.number == number }
    }

    private func published(
        _ proposal: Proposal, _ version: ProposalVersion, _ outcome: PublishedProposal.Outcome, day: CivilDate,
        _ decision: CommitteeDecision?, decidedOn: ProposalVersion, _ amounts: [ProposalFacts.Amount]
    ) throws -> PublishedProposal {
        let facts = version.facts
        let hasConsent = consents.contains(proposal.code)
        let isSensitive = terms.thematicArea(facts.thematicArea)?.hasSensitivePlaces ?? true
        let said = hasConsent ? try said(proposal, version) : (purpose: "", entities: [])
        return PublishedProposal(
            code: proposal.code, title: facts.title, outcome: outcome, day: day, meeting: decision?.meeting, takenBy: decision?.takenBy,
            document: decidedOn.document, version: decidedOn.number, contentDigest: decidedOn.contentDigest,
            thematicArea: facts.thematicArea, objectives: facts.objectives, countries: facts.countries, regions: facts.regions,
            durationMonths: facts.durationMonths, amounts: amounts,
            organizations: proposal.organizations.map { .init(id: $0, name: choices.organization($0)?.name ?? $0) },
            purpose: said.purpose, nationalPartners: said.entities,
            localAuthorities: isSensitive || !hasConsent ? [] : facts.localAuthorities,
            files: isSensitive ? [] : try files(of: version))
    }

    /// Those of the fields that the form has public, each once: only what the version itself names belongs to it.
    private func files(of version: ProposalVersion) throws -> [PublishedFile] {
        let fields = (terms.form(version.document)?.fields ?? []).compactMap { _, field -> ProposalField? in
            if case .file(let asked) = field.kind, asked.isPublic { field } else { nil }
        }
        guard !fields.isEmpty else { return [] }
        let named = version.attachments
        let kept = try SubmissionQueries.attachments(of: version.proposal, in: fund, transaction).filter { $0.document == version.document }
        return fields.flatMap { field in
            named.filter { $0.field == field.id }.compactMap { named in
                kept.first { $0.field == field.id && hexadecimal($0.digest) == named.digest }.map { file in
                    PublishedFile(id: file.id, label: field.label, mediaType: file.mediaType, size: file.size, digest: file.digest)
                }
            }
        }
    }

    /// What the version says of its purpose, or where its form does not ask, what the concept note did.
    private func said(_ proposal: Proposal, _ version: ProposalVersion) throws -> (purpose: String, entities: [String]) {
        let note =
            try version.document == .conceptNote
            ? nil : ProposalQueries.latestVersion(of: proposal.code, .conceptNote, in: fund, terms.currency, in: transaction)
        let readings = [version, note].compactMap { $0 }.compactMap { version in
            terms.form(version.document).map { form in
                FormReader(
                    form: form, terms: terms, choices: choices, organizations: proposal.organizations, answers: version.answers, files: [:]
                ).reading()
            }
        }
        return (
            readings.map(\.purpose).first { !$0.isEmpty } ?? "", readings.map(\.governmentEntities).first { !$0.isEmpty } ?? []
        )
    }
}
