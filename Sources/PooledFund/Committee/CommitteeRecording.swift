internal import Ledger
internal import SQL

/// Who may do what on the committee.
enum CommitteeRights {
    static let secretariat = Right(
        [.fundManagementUnitOfficer], rule: "Only an officer of the Fund Management Unit prepares meetings and keeps their record.")
    static let members = Right(
        [.steeringCommitteeMember, .steeringCommitteeAlternate],
        rule: "Only those who hold a seat of the committee do this, for themselves.")
    static let all = Right(
        members.roles.union(secretariat.roles),
        rule: "Only those who hold a seat of the committee do this, and officers of the Fund Management Unit.")
}

/// What the actions of the committee have in common.
extension Recording {
    func meeting(_ id: String) throws -> CommitteeMeeting {
        guard let meeting = try MeetingQueries.meeting(id, of: fund, in: transaction) else {
            throw Refusal("the committee has no meeting “\(id)”", remedy: "look for it in the list of meetings")
        }
        return meeting
    }

    func openMeeting(_ id: String) throws -> CommitteeMeeting {
        let meeting = try meeting(id)
        guard !meeting.isClosed else {
            throw Refusal("“\(id)” is closed", remedy: "put what is still to be done on the agenda of another meeting")
        }
        return meeting
    }

    /// An item that waits for a decision, with the proposal and the version that is decided on.
    func openItem(
        _ code: String, of meeting: CommitteeMeeting
    ) throws -> (item: CommitteeMeeting.AgendaItem, proposal: Proposal, version: ProposalVersion) {
        guard let item = meeting.item(code), let proposal = try ProposalQueries.proposal(code, of: fund, in: transaction) else {
            throw Refusal("“\(code)” is not on the agenda of “\(meeting.id)”", remedy: "look at the agenda")
        }
        let currency = try terms().currency
        let decided = try DecisionQueries.decisions(of: fund, currency, in: transaction).first {
            $0.meeting == meeting.id && $0.proposal == code
        }
        if let decided {
            throw Refusal(
                "“\(code)” is decided already: \(decided.outcome.rawValue)", remedy: "read the decision; it is not changed")
        }
        let versions = try ProposalQueries.versions(of: code, item.document, in: fund, currency, in: transaction)
        guard let version = versions.first(where: { $0.number == item.version }) else {
            throw Refusal("version \(item.version) of “\(code)” is not on record")
        }
        return (item, proposal, version)
    }

    func interests() throws -> InterestReader { try InterestReader.read(fund, try terms(), now: now, in: transaction) }

    /// The seat of whoever performs, with how it stands to an item.
    ///
    /// - Throws: `Refusal` for whoever has left it: they learn nothing more of it.
    func ownSeat(
        _ reader: InterestReader, _ proposal: Proposal, countries: [String]
    ) throws -> (seat: Committee.Seat, holding: RoleHolding, consequence: Consequence?)? {
        let own = reader.seats.compactMap { held in held.holding(of: performer).map { (seat: held.seat, holding: $0) } }
        guard let first = own.first else { return nil }
        guard !reader.leaves(performer, proposal, countries: countries) else {
            throw Refusal(
                "you leave the item “\(proposal.code)” by the Terms", remedy: "ask the secretariat if the interest is not one", kind: .right
            )
        }
        return (first.seat, first.holding, reader.consequence(of: first.holding, in: proposal, countries: countries))
    }

    func requireDay(_ day: CivilDate, _ what: String) throws(Refusal) {
        guard day.isComplete else { throw Refusal("\(what) is not a day", remedy: "write YYYY-MM-DD") }
    }

    /// Holds what one person can add, again and again, to a number.
    ///
    /// - Parameter rows: of which table the rows are counted, and by which condition: `committee_answer WHERE …`.
    func requireRoom(among rows: Statement, limit: Int, _ what: String, remedy: String) throws {
        let count = try transaction.first("SELECT COUNT(*) AS count FROM \(rows)")?.integer("count") ?? 0
        guard count < Int64(limit) else { throw Refusal("there are \(limit) \(what) already", remedy: remedy) }
    }

    /// Everybody who holds a seat now.
    func committee() throws -> [String] { try holders(CommitteeRights.members.roles) }
}
