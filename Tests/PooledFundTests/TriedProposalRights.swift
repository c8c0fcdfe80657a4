import Foundation
import Ledger
import SQL
import TestSupport

@testable import PooledFund

/// The rights of those who open calls, write, submit and sign.
extension TriedRight {
    static let ofProposals: [TriedRight] =
        [
            TriedRight(OpenCall.self) { OpenCall(fund: $0.fund, code: "call-\($1)", title: "A call", summary: "Boats") },
            TriedRight(AmendCall.self) { house, number in
                AmendCall(fund: house.fund, call: try await house.call(number), closes: "2024-12-31", reason: "A test")
            },
            TriedRight(AskQuestion.self) { house, number in
                AskQuestion(fund: house.fund, call: try await house.call(number), question: "How many?")
            },
            TriedRight(AnswerQuestion.self) { house, number in
                let asker = try await house.people.admit(.contributorToText, of: "asker-\(number)").actor
                let asked = try await house.office.office.perform(
                    AskQuestion(fund: house.fund, call: try await house.call(number), question: "How many?"), by: asker)
                return AnswerQuestion(fund: house.fund, question: asked.outcome.question, answer: "Two.")
            },
            TriedRight(StartProposal.self) { house, number in
                StartProposal(fund: house.fund, code: "started-\(number)", call: try await house.call(number), lead: "river-office")
            },
            TriedRight(AddOrganization.self) { house, number in
                AddOrganization(
                    fund: house.fund, proposal: try await house.proposal(number, of: ["river-office"]), organization: "bridge-agency")
            },
            TriedRight(RemoveOrganization.self) { house, number in
                RemoveOrganization(fund: house.fund, proposal: try await house.proposal(number), organization: "bridge-agency")
            },
        ] + ofWriting + ofSubmitting + ProposalForm.Signature.Party.allCases.map(signing)

    private static let ofWriting: [TriedRight] = [
        TriedRight(SaveSection.self, events: 0) { house, number in
            SaveSection(
                fund: house.fund, proposal: try await house.proposal(number), document: .conceptNote, section: "boat", revision: 0,
                answers: ["title": .text("A boat")])
        },
        TriedRight(ReadBudget.self, events: 0) { house, number in
            ReadBudget(
                fund: house.fund, proposal: try await house.proposal(number), document: .conceptNote, revision: 0,
                rows: [["organization", "category", "year 1"], ["river-office", "1", "5"]])
        },
        TriedRight(OwnSection.self, events: 0) { house, number in
            OwnSection(fund: house.fund, proposal: try await house.proposal(number), document: .conceptNote, section: "boat")
        },
        TriedRight(CommentSection.self, events: 0) { try await $0.comment(on: try await $0.proposal($1)) },
        TriedRight(SettleComment.self, events: 0) { house, number in
            let proposal = try await house.proposal(number)
            let made = try await house.office.office.perform(
                try await house.comment(on: proposal), by: try await house.writer("commenter-\(number)"))
            return SettleComment(fund: house.fund, proposal: proposal, document: .conceptNote, comment: made.outcome.comment)
        },
        TriedRight(AttachDocument.self) { try $0.attachment(to: try await $0.proposal($1), number: $1) },
        TriedRight(RemoveAttachment.self) { house, number in
            let proposal = try await house.proposal(number)
            let made = try await house.office.office.perform(
                try house.attachment(to: proposal, number: number), by: try await house.writer("attacher-\(number)"))
            return RemoveAttachment(fund: house.fund, proposal: proposal, attachment: made.outcome.attachment)
        },
    ]

    private static let ofSubmitting: [TriedRight] = [
        TriedRight(SubmitProposal.self) { house, number in
            let proposal = try await house.proposal(number)
            try await ProposalWriting(house.office.office).write(proposal, by: try await house.writer("writer-\(number)"))
            return SubmitProposal(fund: house.fund, proposal: proposal)
        },
        TriedRight(ReturnProposal.self) { house, number in
            ReturnProposal(fund: house.fund, proposal: try await house.proposal(number, stages: [.submitted]), reason: "A test")
        },
        TriedRight(WithdrawProposal.self) { house, number in
            WithdrawProposal(fund: house.fund, proposal: try await house.proposal(number), reason: "A test")
        },
    ]

    private static func signing(for party: ProposalForm.Signature.Party) -> TriedRight {
        TriedRight(SignOffProposal.self, of: party.role, right: Right([party.role], rule: SignOffProposal.right.rule)) { house, number in
            let proposal = try await house.proposal(number, stages: [.submitted])
            return SignOffProposal(
                fund: house.fund, proposal: proposal, party: party, organization: PeopleOnRecord.party(of: party.role),
                digest: try await house.digest(of: proposal))
        }
    }
}

extension TriedHouse {
    func writer(_ name: String) async throws -> Actor { try await people.admit(.contributorToText, of: name).actor }

    func call(_ number: Int) async throws -> String {
        let officer = try await people.admit(.fundManagementUnitOfficer, of: "opener-\(number)").actor
        let opening = OpenCall(fund: fund, code: "for-\(number)", title: "A call", summary: "Boats", closes: "2024-06-30")
        return try await office.office.perform(opening, by: officer).outcome.call
    }

    func proposal(
        _ number: Int, of organizations: [String] = ["river-office", "bridge-agency"], stages: [ProposalStage] = []
    ) async throws -> String {
        let facts = try PutProposalOnRecord.example(in: fund).facts
        let put = PutProposalOnRecord(code: "boats-\(number)", organizations: organizations, facts: facts, stages: stages)
        try await PutProposalOnRecord.perform(put, in: office.office)
        return put.code
    }

    func comment(on proposal: String) async throws -> CommentSection {
        CommentSection(
            fund: fund, proposal: proposal, document: .conceptNote, section: "boat", audience: .secretariat, remark: "Is it dry?")
    }

    func attachment(to proposal: String, number: Int) throws -> AttachDocument {
        AttachDocument(
            fund: fund, proposal: proposal, document: .conceptNote, field: "plan",
            file: try AttachedDocument(name: "plan.txt", content: Array("A drawing, number \(number)\n".utf8)))
    }

    func digest(of proposal: String) async throws -> String {
        let yen = try Currency(code: "JPY", minorUnits: 0)
        let version = try await office.database.read {
            try ProposalQueries.latestVersion(of: proposal, .conceptNote, in: "river-towns", yen, in: $0)
        }
        return hexadecimal(version?.contentDigest ?? [])
    }
}
