import Foundation
import Ledger
import SQL
import TestSupport

@testable import PooledFund

/// The rights of those who prepare meetings, sit on the committee, state the cash, and keep the pipeline.
extension TriedRight {
    static let ofCommittee: [TriedRight] = ofMeetings + ofMembers + ofMoney + ofDecisions + ofPipeline

    private static let ofMeetings: [TriedRight] = [
        TriedRight(ConveneMeeting.self) { house, number in
            ConveneMeeting(
                fund: house.fund, id: "meeting-\(number)", title: "A meeting", heldOn: try CivilDate(parsing: "2024-03-01"), place: "Afar")
        },
        TriedRight(OpenNoObjection.self) { house, number in
            OpenNoObjection(
                fund: house.fund, id: "window-\(number)", title: "A window", note: "Take it up",
                agenda: [try await house.proposal(number, stages: [.submitted, .eligible, .assessed])])
        },
        TriedRight(AmendMeeting.self) { house, number in
            AmendMeeting(fund: house.fund, meeting: try await house.meeting(number).meeting, title: "Another title", reason: "A test")
        },
        TriedRight(AttachPaper.self) { house, number in
            AttachPaper(fund: house.fund, meeting: try await house.meeting(number).meeting, title: "A paper", file: try house.paper(number))
        },
        TriedRight(RecordAttendance.self) { house, number in
            RecordAttendance(
                fund: house.fund, meeting: try await house.meeting(number).meeting, seats: [.init("agencies-1", .absent)])
        },
        TriedRight(CloseMeeting.self) { house, number in
            CloseMeeting(fund: house.fund, meeting: try await house.meeting(number).meeting)
        },
    ]

    private static let ofMembers: [TriedRight] = [
        TriedRight(DeclareInterest.self) { house, number in
            DeclareInterest(fund: house.fund, proposal: try await house.meeting(number).proposal, statement: "A boat of my own")
        },
        // The organization of those who try takes part: by the Terms they abstain.
        TriedRight(AnswerItem.self) { house, number in
            let (meeting, proposal) = try await house.meeting(number)
            return AnswerItem(fund: house.fund, meeting: meeting, proposal: proposal, answer: .abstains)
        },
        TriedRight(CommentItem.self, events: 0) { house, number in
            let (meeting, proposal) = try await house.meeting(number)
            return CommentItem(fund: house.fund, meeting: meeting, proposal: proposal, remark: "Is it dry?")
        },
        TriedRight(SaveSlate.self) { house, number in
            SaveSlate(
                fund: house.fund, id: "slate-\(number)", title: "A selection",
                entries: [.init(proposal: try await house.meeting(number).proposal)])
        },
        TriedRight(ProposeSlate.self) { house, number in
            let (meeting, proposal) = try await house.meeting(number)
            let officer = try await house.people.admit(.fundManagementUnitOfficer, of: "selector-\(number)").actor
            let slate = SaveSlate(
                fund: house.fund, id: "slate-\(number)", title: "A selection", entries: [.init(proposal: proposal)])
            _ = try await house.office.office.perform(slate, by: officer)
            return ProposeSlate(fund: house.fund, meeting: meeting, slate: slate.id)
        },
    ]

    private static let ofMoney: [TriedRight] = [
        TriedRight(StateCash.self) { house, number in
            let yen = try Currency(code: "JPY", minorUnits: 0)
            return StateCash(
                fund: house.fund, asOf: try CivilDate(parsing: "2024-01-31"),
                amounts: StateCash.Amounts(deposits: Money(minorUnits: 1_000_000, currency: yen)), document: try house.paper(number))
        },
        TriedRight(NoteEarmark.self) { house, number in
            let yen = try Currency(code: "JPY", minorUnits: 0)
            return NoteEarmark(
                fund: house.fund, id: "wish-\(number)", contributor: "lakeland", area: 1, amount: Money(minorUnits: 1, currency: yen))
        },
    ]

    private static let ofDecisions: [TriedRight] = [
        TriedRight(RecordDecision.self) { house, number in
            let (meeting, proposal) = try await house.attendedMeeting(number)
            return RecordDecision(
                fund: house.fund, meeting: meeting, proposal: proposal, digest: try await house.digest(of: proposal), outcome: .pipeline,
                rationale: "A test")
        },
        TriedRight(InviteDocument.self) { house, number in
            InviteDocument(fund: house.fund, proposal: try await house.pipelined(number), reason: "Money is in sight")
        },
    ]

    private static let ofPipeline: [TriedRight] = [
        TriedRight(ReconfirmPipeline.self) { house, number in
            ReconfirmPipeline(fund: house.fund, proposal: try await house.pipelined(number), note: "It still holds")
        },
        TriedRight(Recost.self) { house, number in
            let yen = try Currency(code: "JPY", minorUnits: 0)
            return Recost(
                fund: house.fund, proposal: try await house.pipelined(number),
                amounts: [.init(organization: "river-office", amount: Money(minorUnits: 6_000_000, currency: yen))], note: "Wood is dear")
        },
        TriedRight(ExpirePipeline.self) { house, number in
            ExpirePipeline(fund: house.fund, proposal: "aged-\(number)", reason: "A test")
        },
        TriedRight(ConsentToPublish.self) { house, number in
            ConsentToPublish(fund: house.fund, proposal: try await house.pipelined(number))
        },
    ]
}

extension TriedHouse {
    func paper(_ number: Int) throws -> AttachedDocument {
        try AttachedDocument(name: "paper.txt", content: Array("Paper number \(number)\n".utf8))
    }

    /// A meeting of today with one item.
    func meeting(_ number: Int) async throws -> (meeting: String, proposal: String) {
        let proposal = try await proposal(number, stages: [.submitted, .eligible, .assessed])
        let officer = try await people.admit(.fundManagementUnitOfficer, of: "convener-\(number)").actor
        let convening = ConveneMeeting(
            fund: fund, id: "meeting-\(number)", title: "A meeting", heldOn: try CivilDate(parsing: "2024-02-01"), place: "Afar",
            agenda: [proposal])
        return (try await office.office.perform(convening, by: officer).outcome.meeting, proposal)
    }

    /// The same, with two seats there.
    func attendedMeeting(_ number: Int) async throws -> (meeting: String, proposal: String) {
        let (meeting, proposal) = try await meeting(number)
        let officer = try await people.admit(.fundManagementUnitOfficer, of: "minuter-\(number)").actor
        var seats: [RecordAttendance.Seated] = []
        for seat in ["agencies-1", "mayor"] {
            if try await !isHeld(seat) { try await fill(seat: seat, number) }
            seats.append(.init(seat, .member))
        }
        _ = try await office.office.perform(RecordAttendance(fund: fund, meeting: meeting, seats: seats), by: officer)
        return (meeting, proposal)
    }

    func pipelined(_ number: Int) async throws -> String {
        try await proposal(number, stages: [.submitted, .eligible, .assessed, .pipeline])
    }

    private func isHeld(_ seat: String) async throws -> Bool {
        let (now, fund) = (office.clock.now, fund)
        return try await office.database.read { transaction in
            let today = try CivilDate(parsing: "2024-02-01")
            return try PeopleQueries.holdings(inFund: fund, in: transaction).contains {
                $0.seat == seat && $0.role == .steeringCommitteeMember && $0.isCurrent(today: today, now: now)
            }
        }
    }

    private func fill(seat: String, _ number: Int) async throws {
        let invitation = InvitePerson(
            fund: fund, email: "\(seat)-\(number)@example.org", personName: "Holder of \(seat)", role: .steeringCommitteeMember,
            organization: "league", seat: seat)
        _ = try await office.office.perform(invitation, by: .machineOperator)
    }
}

/// Puts entries into the pipeline that have been there for years: an action that the program does not have.
struct PutAgedPipelineOnRecord: Action {
    static let name = "put-aged-pipeline-on-record"
    static let hasPublicEffect = false
    static let right = Right(operators: true, rule: "Only tests put an aged pipeline on record so.")

    let fund: String
    let step: Step

    enum Step {
        case begun
        case takenUp
    }

    func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    func perform(in recording: Recording) throws {
        for number in 0...20 {
            switch step {
            case .begun:
                try recording.begin(proposal: "aged-\(number)", call: "", lead: "river-office")
                _ = try recording.seal("{}", try PutProposalOnRecord.example(in: fund).facts, of: "aged-\(number)", .conceptNote)
            case .takenUp:
                try recording.insert(
                    into: .proposalStage,
                    [.text("aged-\(number)"), .text("pipeline"), .text("concept-note"), .integer(1), .text("")])
            }
        }
    }
}
