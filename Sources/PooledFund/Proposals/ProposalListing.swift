public import Ledger
internal import SQL

/// What a list of proposals is narrowed to.
public struct ProposalFilter: Sendable {
    /// Each must stand in the title, the code or the name of an organization.
    public var words: [SearchText] = []
    public var stage: ProposalStage?
    /// A number of the Terms.
    public var area: Int?
    public var region: String?
    /// One that takes part.
    public var organization: String?
    public var call: String?
    /// Whether only those are shown that the reader writes.
    public var isMine = false

    public init() {}
}

/// How a list of proposals is sorted.
public enum ProposalOrder: String, Sendable, Hashable, CaseIterable {
    case code
    case title
    case stage
    /// The largest first.
    case budget
    /// What came to its stage last first.
    case since
}

/// A proposal as a row of a list, of which its reader sees no more than on its page.
public struct ProposalRow: Sendable, Identifiable {
    public var id: String { proposal.code }
    public let proposal: Proposal
    /// The code where there is no title that the reader may see.
    public let title: String
    public let sight: ProposalSight
    public let thematicArea: Int?
    public let regions: [String]
    /// ISO 3166-1 alpha-3.
    public let countries: [String]
    /// Of what was submitted last; nil if nothing was, or the reader may not see it.
    public let budget: Money?
}

/// One page of the proposals that somebody sees, with what all that were found come to.
public struct ProposalListing: Sendable {
    public let terms: Terms
    public let organizations: [FormChoices.Organization]
    public let calls: [ProposalCall]
    public let rows: [ProposalRow]
    /// How many proposals the reader sees.
    public let seenCount: Int
    /// How many of them were found.
    public let foundCount: Int
    /// What was submitted of those comes to; nil if that is beyond what an amount can be.
    public let budget: Money?
    /// Those that take part in any that is seen.
    public let participating: [String]
    /// Whether the reader writes proposals at all.
    public let isWriter: Bool
}

extension Office {
    /// The proposals of a fund that somebody sees, a page at a time; nil if the fund is not on record.
    ///
    /// It takes as many queries however many proposals there are, and reads nothing of what they say but what the list shows.
    public nonisolated func proposalListing(
        seenBy visitor: SignedInPerson, in fund: String, _ filter: ProposalFilter, by order: ProposalOrder, from offset: Int, limit: Int,
        now: Instant
    ) async throws -> ProposalListing? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
            let choices = try FormChoices.read(fund, terms, in: transaction)
            let reader = try ProposalReader.read(visitor, in: fund, terms, choices, now: now, transaction)
            let seen = try ProposalListReading(fund: fund, terms: terms, choices: choices, reader: reader, transaction: transaction).rows()
            let found = order.sorted(filter.taken(of: seen, reader, choices))
            return ProposalListing(
                terms: terms, organizations: choices.organizations, calls: try CallQueries.calls(of: fund, in: transaction),
                rows: Array(found.dropFirst(offset).prefix(limit)), seenCount: seen.count, foundCount: found.count,
                budget: try? Money.sum(found.compactMap(\.budget), in: terms.currency),
                participating: Set(seen.flatMap(\.proposal.organizations)).sorted(),
                isWriter: reader.holdings.contains { ProposalReader.writers.contains($0.role) })
        }
    }
}

/// What things of a fund are called that are known by their codes.
public struct NamesInFund: Sendable {
    /// Of the proposals that were asked for, those that the reader sees and that have a title which they may see.
    public let proposals: [String: String]
    public let calls: [String: String]
    /// None for whoever has no part in the committee.
    public let meetings: [String: String]
}

extension Office {
    /// What proposals, calls and meetings are called, as far as somebody may know it; nil if the fund is not on record.
    public nonisolated func names(
        ofProposals codes: Set<String>, seenBy visitor: SignedInPerson, in fund: String, now: Instant
    ) async throws -> NamesInFund? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
            let calls = try CallQueries.calls(of: fund, in: transaction).map { ($0.code, $0.title) }
            let seesMeetings = !visitor.roles(in: fund).isDisjoint(with: CommitteeRights.members.roles.union([.fundManagementUnitOfficer]))
            let meetings = seesMeetings ? try MeetingQueries.meetings(of: fund, in: transaction).map { ($0.id, $0.title) } : []
            return NamesInFund(
                proposals: codes.isEmpty
                    ? [:] : try Self.titles(of: codes.sorted(), seenBy: visitor, in: fund, terms, now: now, transaction),
                calls: Dictionary(calls, uniquingKeysWith: { first, _ in first }),
                meetings: Dictionary(meetings, uniquingKeysWith: { first, _ in first }))
        }
    }

    private static func titles(
        of codes: [String], seenBy visitor: SignedInPerson, in fund: String, _ terms: Terms, now: Instant,
        _ transaction: any ReadTransaction
    ) throws -> [String: String] {
        let choices = try FormChoices.read(fund, terms, in: transaction)
        let reader = try ProposalReader.read(visitor, in: fund, terms, choices, now: now, transaction)
        let reading = ProposalListReading(
            fund: fund, terms: terms, choices: choices, reader: reader, transaction: transaction, codes: codes)
        return Dictionary(uniqueKeysWithValues: try reading.rows().filter { $0.title != $0.id }.map { ($0.id, $0.title) })
    }
}

extension ProposalFilter {
    fileprivate func taken(of rows: [ProposalRow], _ reader: ProposalReader, _ choices: FormChoices) -> [ProposalRow] {
        let narrowed = rows.filter { takes($0, reader) }
        guard !words.isEmpty else { return narrowed }
        // Each organization takes part in many: its name is made ready to be searched once.
        let names = Dictionary(choices.organizations.map { ($0.id, SearchText($0.name)) }, uniquingKeysWith: { first, _ in first })
        return narrowed.filter { row in
            let texts = [SearchText(row.title), SearchText(row.id)] + row.proposal.organizations.compactMap { names[$0] }
            return words.allSatisfy { word in texts.contains { $0.contains(word) } }
        }
    }

    private func takes(_ row: ProposalRow, _ reader: ProposalReader) -> Bool {
        let proposal = row.proposal
        return stage.map { $0 == proposal.stage } ?? true && area.map { $0 == row.thematicArea } ?? true
            && region.map(row.regions.contains) ?? true && organization.map(proposal.organizations.contains) ?? true
            && call.map { $0 == proposal.call } ?? true && (!isMine || reader.writes(proposal))
    }
}

extension ProposalOrder {
    fileprivate func sorted(_ rows: [ProposalRow]) -> [ProposalRow] {
        switch self {
        // As they are read.
        case .code: rows
        case .title: rows.map { (SearchText($0.title), $0) }.sorted { ($0.0, $0.1.id) < ($1.0, $1.1.id) }.map(\.1)
        case .stage: rows.map { (Self.place($0), $0) }.sorted { ($0.0, $0.1.id) < ($1.0, $1.1.id) }.map(\.1)
        case .budget: rows.sorted { (-Self.budget($0), $0.id) < (-Self.budget($1), $1.id) }
        case .since: rows.sorted { ($1.proposal.stageSince, $0.id) < ($0.proposal.stageSince, $1.id) }
        }
    }

    /// Without one last.
    private static func budget(_ row: ProposalRow) -> Int64 { row.budget?.minorUnits ?? -1 }

    private static func place(_ row: ProposalRow) -> Int { ProposalStage.allCases.firstIndex(of: row.proposal.stage) ?? 0 }
}

/// Reads the rows of a list.
private struct ProposalListReading {
    let fund: String
    let terms: Terms
    let choices: FormChoices
    let reader: ProposalReader
    let transaction: any ReadTransaction
    /// The proposals that are asked for; nil for all.
    var codes: [String]?

    func rows() throws -> [ProposalRow] {
        let submitted = try ProposalQueries.headlines(of: fund, among: codes, terms.currency, in: transaction)
        let drafts = try DraftHeadlines(fund: fund, terms: terms, choices: choices, reader: reader).read(among: codes, in: transaction)
        return try ProposalQueries.proposals(of: fund, among: codes, in: transaction).compactMap { proposal in
            let version = submitted[proposal.code]
            let draft = drafts.facts(of: proposal)
            let countries = Set((version?.countries ?? []) + (draft?.countries ?? []))
            guard let sight = reader.sight(of: proposal, countries: countries.sorted(), isSubmitted: version != nil) else { return nil }
            let shownVersion = sight >= .submitted ? version : nil
            let shownDraft = sight == .draft ? draft : nil
            let title = [shownDraft?.title, shownVersion?.title].compactMap(\.self).first { !$0.isEmpty }
            return ProposalRow(
                proposal: proposal, title: title ?? proposal.code, sight: sight,
                thematicArea: shownDraft?.thematicArea ?? shownVersion?.thematicArea,
                regions: shownDraft.map(\.regions).flatMap { $0.isEmpty ? nil : $0 } ?? shownVersion?.regions ?? [],
                countries: shownDraft.map(\.countries).flatMap { $0.isEmpty ? nil : $0 } ?? shownVersion?.countries ?? [],
                budget: shownVersion?.budget)
        }
    }
}

/// What lists show of what is being written, read for many proposals at once: only the sections of the forms that hold it.
struct DraftHeadlines {
    let fund: String
    let terms: Terms
    let choices: FormChoices
    let reader: ProposalReader

    private static let shown: Set<ProposalField.Fact> = [.title, .thematicArea, .countries, .regions]

    struct Read {
        fileprivate let place: DraftHeadlines
        /// By the proposal and the document, separated by a space, which neither holds.
        fileprivate let drafts: [String: [String: SectionAnswers]]

        /// Nil for what is not being written, or not for the reader to see.
        func facts(of proposal: Proposal) -> ProposalFacts? {
            guard let document = proposal.stage.written, place.isRead(proposal), let form = place.form(document),
                let answers = drafts["\(proposal.code) \(document.rawValue)"]
            else { return nil }
            return FormReader(
                form: form, terms: place.terms, choices: place.choices, organizations: proposal.organizations, answers: answers, files: [:]
            ).reading().facts
        }
    }

    private var isResidentCoordinator: Bool { reader.holdings.contains { $0.role == .residentCoordinator } }

    fileprivate func isRead(_ proposal: Proposal) -> Bool { reader.writes(proposal) || isResidentCoordinator }

    /// A form with no more than the sections that hold what lists show.
    private func form(_ document: ProposalDocument) -> ProposalForm? {
        terms.form(document).map { form in
            ProposalForm(
                document: document, title: form.title, help: "", sections: form.sections.filter { $0.fields.contains(where: isShown) },
                signatures: [], standing: form.standing)
        }
    }

    private func isShown(_ field: ProposalField) -> Bool {
        if case .rows(let columns, _) = field.kind, columns.contains(where: isShown) { return true }
        return field.fact.map(Self.shown.contains) ?? false
    }

    /// - Parameter codes: the proposals that are asked for; nil for all.
    func read(among codes: [String]? = nil, in transaction: any ReadTransaction) throws -> Read {
        let sections = Set(ProposalDocument.allCases.compactMap(form).flatMap { $0.sections.map(\.id) }).sorted()
        let organizations = Set(reader.holdings.filter { ProposalReader.writers.contains($0.role) }.map(\.organization)).sorted()
        guard !sections.isEmpty, isResidentCoordinator || !organizations.isEmpty else { return Read(place: self, drafts: [:]) }
        let drafts = try DraftQueries.answers(
            to: sections, of: fund, among: codes, organizations: isResidentCoordinator ? nil : organizations, in: transaction)
        return Read(place: self, drafts: drafts)
    }
}
