internal import Foundation
public import Ledger
internal import SQL

/// Saves a selection of proposals with amounts, to be looked at and compared.
public struct SaveSlate: Action {
    public static let name = "save-slate"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.all

    public let fund: String
    public let id: String
    public let title: String
    public let note: String
    public let entries: [Entry]

    /// A proposal as it was asked for or costed last, or with an amount for an organization.
    public struct Entry: Sendable, Hashable {
        public let proposal: String
        /// Nil with the next for what the proposal asks for.
        public let organization: String?
        public let amount: Money?

        public init(proposal: String, organization: String? = nil, amount: Money? = nil) {
            self.proposal = proposal
            self.organization = organization
            self.amount = amount
        }
    }

    public init(fund: String, id: String, title: String, note: String = "", entries: [Entry]) {
        self.fund = fund
        self.id = id
        self.title = title
        self.note = note
        self.entries = entries
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let slate: String
        public let proposalCount: Int
        /// Of all amounts, as a plain decimal in the fund's currency.
        public let total: String
    }

    static let entryLimit = 1_000
    /// How often one person saves a selection, whether the same or another.
    static let savedLimit = 500
    static let namesOfPages: Set<String> = ["compare", "suggestions"]

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["slate": id])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let currency = try recording.terms().currency
        try requireSlug(id, "the id of a selection")
        // Pages are called so.
        guard !Self.namesOfPages.contains(id) else { throw Refusal("a selection cannot be called “\(id)”", remedy: "choose another id") }
        try requireText(title, "the title", limit: 200)
        if !note.isEmpty { try requireText(note, "the note", limit: 4_000) }
        if let own = try MoneyQueries.slate(id, of: fund, currency, in: recording.transaction), own.author != recording.performer {
            throw Refusal("the selection “\(id)” is somebody else's", remedy: "save yours under another id")
        }
        // The author of a selection is the actor of its event.
        try recording.requireRoom(
            among: """
                slate JOIN audit_event ON audit_event.fund = slate.fund AND audit_event.sequence = slate.event
                WHERE slate.fund = \(fund) AND audit_event.actor = \(recording.performer)
                """, limit: Self.savedLimit, "selections that you saved", remedy: "let somebody else save it")
        let amounts = try amounts(recording, currency)
        try recording.insert(into: .slate, [.text(id), .text(title), .text(note)])
        for amount in amounts {
            try recording.insert(
                into: .slateAmount,
                [.text(id), .text(amount.proposal), .text(amount.organization), .integer(amount.amount.minorUnits)])
        }
        return Outcome(
            slate: id, proposalCount: Set(amounts.map(\.proposal)).count,
            total: try Money.sum(amounts.map(\.amount), in: currency).plainDecimal)
    }

    private func amounts(_ recording: Recording, _ currency: Currency) throws -> [Slate.Amount] {
        guard !entries.isEmpty, entries.count <= Self.entryLimit else {
            throw Refusal("a selection has 1 to \(Self.entryLimit) rows", remedy: entries.isEmpty ? "choose proposals" : "take some out")
        }
        let costs = try DecisionQueries.costs(of: fund, currency, in: recording.transaction)
        let seen = try SlateSight.proposals(of: fund, seenBy: recording.performer, in: recording)
        let reader = try recording.interests()
        return try Dictionary(grouping: entries, by: \.proposal).sorted { $0.key < $1.key }.flatMap { code, entries in
            guard seen.contains(code), let proposal = try ProposalQueries.proposal(code, of: fund, in: recording.transaction) else {
                throw Refusal("no meeting has an item “\(code)”", remedy: "look at the agendas and the pipeline")
            }
            try recording.requirePart(in: proposal, reader)
            let given = try entries.compactMap { entry -> Slate.Amount? in
                guard let organization = entry.organization else {
                    guard entry.amount == nil else { throw Refusal("an amount is for an organization", remedy: "name it") }
                    return nil
                }
                guard proposal.organizations.contains(organization) else {
                    throw Refusal("“\(organization)” does not take part in “\(code)”", remedy: "choose one that does")
                }
                guard let amount = entry.amount else { throw Refusal("“\(organization)” has no amount", remedy: "give one") }
                return Slate.Amount(proposal: code, organization: organization, amount: amount)
            }
            guard given.isEmpty else {
                guard given.count == entries.count, Set(given.map(\.organization)).count == given.count else {
                    throw Refusal("“\(code)” is named twice", remedy: "name each organization once, or the proposal alone")
                }
                return given
            }
            guard entries.count == 1 else { throw Refusal("“\(code)” is named twice", remedy: "name it once") }
            let asked = try costs[code] ?? recording.submittedLast(code)?.facts.amounts ?? []
            return asked.map { Slate.Amount(proposal: code, organization: $0.organization, amount: $0.amount) }
        }
    }
}

/// Proposes a selection to a meeting: one a meeting, as it was saved last.
public struct ProposeSlate: Action {
    public static let name = "propose-slate"
    public static let hasPublicEffect = false
    public static let right = CommitteeRights.all

    public let fund: String
    public let meeting: String
    public let slate: String

    public init(fund: String, meeting: String, slate: String) {
        self.fund = fund
        self.meeting = meeting
        self.slate = slate
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let meeting: String
        public let slate: String
    }

    public func auditBody() throws -> [UInt8] { Array(try JSONEncoder().encode(["meeting": meeting, "slate": slate])) }

    public func perform(in recording: Recording) throws -> Outcome {
        let current = try recording.openMeeting(meeting)
        let currency = try recording.terms().currency
        guard let own = try MoneyQueries.slate(slate, of: fund, currency, in: recording.transaction) else {
            throw Refusal("there is no selection “\(slate)”", remedy: "save it first")
        }
        if let proposed = try MoneyQueries.proposedSlates(of: fund, in: recording.transaction)[meeting] {
            guard proposed.slate == slate, proposed.event == own.event else {
                throw Refusal(
                    "“\(proposed.slate)” is proposed to “\(meeting)” already", remedy: "compare the two at the meeting")
            }
            return Outcome(meeting: meeting, slate: slate)
        }
        let reader = try recording.interests()
        for code in own.proposals { try recording.requirePart(in: recording.proposal(code), reader) }
        if let missing = own.proposals.first(where: { current.item($0) == nil }) {
            throw Refusal("“\(missing)” is not on the agenda of “\(meeting)”", remedy: "take it out, or have it put on the agenda")
        }
        try recording.insert(into: .slateForMeeting, [.text(meeting), .text(slate), .integer(own.event)])
        return Outcome(meeting: meeting, slate: slate)
    }
}

/// Which proposals somebody may select: those of the agendas and of the pipeline; the secretariat any that was submitted.
enum SlateSight {
    static func proposals(of fund: String, seenBy person: String, in recording: Recording) throws -> Set<String> {
        let isOfficer = try recording.currentHoldings(of: person).contains { $0.role == .fundManagementUnitOfficer }
        return try proposals(of: fund, isOfficer: isOfficer, in: recording.transaction)
    }

    static func proposals(of fund: String, isOfficer: Bool, in transaction: any ReadTransaction) throws -> Set<String> {
        let all = try ProposalQueries.proposals(of: fund, in: transaction).filter { !$0.stage.isFinal && $0.stage != .drafting }
        if isOfficer { return Set(all.map(\.code)) }
        let items = Set(try MeetingQueries.meetings(of: fund, in: transaction).flatMap { $0.items.map(\.proposal) })
        return Set(all.filter { items.contains($0.code) || PipelineEntry.stages.contains($0.stage) }.map(\.code))
    }
}

extension Recording {
    /// - Throws: `Refusal` if whoever acts leaves the proposal: whoever selects it, or not, speaks of it.
    fileprivate func requirePart(in proposal: Proposal, _ reader: InterestReader) throws {
        _ = try ownSeat(reader, proposal, countries: submittedLast(proposal.code)?.facts.countries ?? [])
    }

    /// What was submitted last of a proposal: its joint programme document, otherwise its concept note.
    func submittedLast(_ code: String) throws -> ProposalVersion? {
        let currency = try terms().currency
        return try ProposalQueries.latestVersion(of: code, .jointProgrammeDocument, in: fund, currency, in: transaction)
            ?? ProposalQueries.latestVersion(of: code, .conceptNote, in: fund, currency, in: transaction)
    }
}
