import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// What was returned comes back until the day that was given with it; what was signed on paper is what was submitted.
@Suite("What is returned, and what is signed on paper")
struct ReturnedProposalTests {
    private struct House {
        let tried: TriedHouse
        let officer: PeopleOnRecord.Admitted
        let lead: PeopleOnRecord.Admitted

        init() async throws {
            tried = try await TriedHouse()
            officer = try await tried.people.admit(.fundManagementUnitOfficer, of: "officer")
            lead = try await tried.people.admit(.participatingOrganizationFocalPoint, of: "lead")
            try await perform(OpenCall(fund: "river-towns", code: "spring", title: "Spring", summary: "Boats"), by: officer.actor)
            try await perform(StartProposal(fund: "river-towns", code: "boats", call: "spring", lead: "river-office"), by: lead.actor)
            try await perform(AddOrganization(fund: "river-towns", proposal: "boats", organization: "bridge-agency"), by: lead.actor)
            try await ProposalWriting(tried.office.office).write("boats", by: lead.actor)
        }

        @discardableResult
        func perform<A: Action>(_ action: A, by actor: Actor) async throws -> A.Outcome {
            try await tried.office.office.perform(action, by: actor).outcome
        }

        func refusal(_ action: some Action, by actor: Actor) async -> Refusal? {
            do {
                _ = try await tried.office.office.perform(action, by: actor)
                return nil
            } catch {
                return error as? Refusal ?? Refusal("\(error)")
            }
        }

        func submission() -> SubmitProposal { SubmitProposal(fund: "river-towns", proposal: "boats") }

        func sendBack(_ due: String?, _ reason: String = "Say more of the water.") -> ReturnProposal {
            ReturnProposal(fund: "river-towns", proposal: "boats", reason: reason, revisionDue: due)
        }

        func due(at actor: Actor) async throws -> DeskItem? {
            guard case .session(let digest) = actor.passage else { throw Unexpected("no session") }
            let now = tried.office.clock.now
            guard let visitor = try await tried.office.office.person(withSession: digest, now: now) else { throw Unexpected("nobody") }
            return try await tried.office.office.desk(of: visitor, now: now).first { $0.kind == .proposalReturned }
        }
    }

    @Test("What is returned with a day is taken until its last second, and one second later refused with what was written kept")
    func revisionDue() async throws {
        let house = try await House()
        try await house.perform(house.submission(), by: house.lead.actor)
        let past = await house.refusal(house.sendBack("2024-01-31"), by: house.officer.actor)
        #expect(past?.reason == "2024-01-31 is past")
        #expect(await house.refusal(house.sendBack("soon"), by: house.officer.actor)?.reason.contains("not a day or a time") ?? false)
        try await house.perform(house.sendBack("2024-02-20"), by: house.officer.actor)
        let item = try #require(try await house.due(at: house.lead.actor))
        #expect(item.due == (try CivilDate(parsing: "2024-02-20")))
        let told = try await house.tried.office.database.read {
            try PersonalDataQueries.notices(of: house.lead.person, in: $0).filter { $0.kind == .proposalReturned }
        }
        #expect(told.map(\.arguments) == [["proposal": "boats", "due": "2024-02-20"]])

        // The end of 20 February in Tokyo.
        try house.tried.office.clock.set("2024-02-20T15:00:00Z")
        let late = try await house.tried.people.session(of: house.lead.person, lasting: 24 * 60)
        let refused = await house.refusal(house.submission(), by: late)
        #expect(refused?.reason == "the next version of “boats” was due by 2024-02-20, 23:59:59 (Asia/Tokyo)")
        #expect(refused?.remedy?.contains("what you wrote is kept") ?? false)
        let drafts = try await house.tried.office.database.read {
            try $0.first("SELECT COUNT(*) AS count FROM proposal_draft WHERE proposal = 'boats'")?.integer("count")
        }
        #expect(drafts.map { $0 > 0 } ?? false)

        // More time: another day, and no other return.
        let officer = try await house.tried.people.session(of: house.officer.person, lasting: 24 * 60)
        let without = await house.refusal(house.sendBack(nil), by: officer)
        #expect(without?.remedy == "give another day until which it is due")
        try await house.perform(house.sendBack("2024-02-21T17:00", "The water was high."), by: officer)
        let proposal = try await house.tried.office.database.read {
            try ProposalQueries.proposal("boats", of: "river-towns", in: $0)
        }
        #expect(proposal?.stageReason == "Say more of the water." && proposal?.revisionDue?.reason == "The water was high.")
        // Five o'clock sharp in Tokyo.
        try house.tried.office.clock.set("2024-02-21T08:00:00Z")
        #expect(try await house.perform(house.submission(), by: late).version == 2)
        try await house.perform(house.sendBack(nil), by: officer)
        let again = try await house.tried.office.database.read {
            try ProposalQueries.proposal("boats", of: "river-towns", in: $0)
        }
        #expect(again?.revisionDue == nil)
        #expect(try await house.tried.office.verify().isIntact)
    }

    @Test("What is screened as to be changed may be given a day; what is eligible may not")
    func screening() async throws {
        let house = try await House()
        try await house.perform(house.submission(), by: house.lead.actor)
        func screening(_ outcome: ScreeningOutcome) -> ScreenProposal {
            ScreenProposal(
                fund: "river-towns", proposal: "boats", version: 1, outcome: outcome, words: "More of the water.",
                answers: [.init(criterion: "boats-float", answer: .met, reason: "They do.")], revisionDue: "2024-02-20")
        }
        let eligible = await house.refusal(screening(.eligible), by: house.officer.actor)
        #expect(eligible?.reason == "only what is returned is due again")
        try await house.perform(screening(.returned), by: house.officer.actor)
        #expect(try await house.due(at: house.lead.actor)?.due == (try CivilDate(parsing: "2024-02-20")))
    }

    @Test("A local authority signs off what names it, however it is written; another of the same country only through an officer")
    func namedAuthority() async throws {
        let house = try await House()
        for (id, country) in [("upper-town", "XAA"), ("far-town", "KHM")] {
            try await house.perform(
                RegisterOrganization(
                    fund: "river-towns", id: id, organizationName: "\(id) (fictional)", shortName: "", kind: .localAuthority,
                    country: country, level: .municipality, place: "A bank", source: "charter"), by: house.officer.actor)
        }
        var crew = ProposalWriting.conceptNote["crew"] ?? [:]
        crew["harbours"] = ProposalWriting.rows(["town": .text(" EXAMPLE  City (fictional)")])
        _ = try await ProposalWriting(house.tried.office.office).save("crew", crew, of: "boats", revision: 1, by: house.lead.actor)
        let digest = try await house.perform(house.submission(), by: house.lead.actor).digest
        func signing(_ town: String, _ code: String? = nil) -> SignOffProposal {
            SignOffProposal(
                fund: "river-towns", proposal: "boats", party: .localAuthorities, organization: town, digest: digest, pageCode: code)
        }
        func mayor(_ town: String) async throws -> PeopleOnRecord.Admitted {
            try await house.tried.people.admit(.localAuthority, of: town, organization: town)
        }
        let named = try await mayor("example-city")
        try await house.perform(signing("example-city"), by: named.actor)
        let other = try await mayor("upper-town")
        let refused = await house.refusal(signing("upper-town"), by: other.actor)
        #expect(refused?.kind == .right && refused?.reason.contains("A local authority signs off a version that names it.") ?? false)
        #expect(refused?.remedy?.contains("record your signature") ?? false)
        func onBehalf(_ person: String) throws -> Actor {
            let letter = try AttachedDocument(name: "page.pdf", content: Array("%PDF-1.7 signed".utf8))
            return .person(
                house.officer.person, through: house.officer.actor.passage, onBehalf: OnBehalf(person: person, answer: letter, note: ""))
        }
        try await house.perform(signing("upper-town", digest), by: try onBehalf(other.person))
        let stranger = try await mayor("far-town")
        let far = await house.refusal(signing("far-town", digest), by: try onBehalf(stranger.person))
        #expect(far?.kind == .right)
        #expect(await house.refusal(signing("far-town"), by: stranger.actor)?.reason.contains("that names it") == false)
    }

    @Test("A page signed on paper is taken with the code of the version that was submitted last, and with no other")
    func pageCode() async throws {
        let house = try await House()
        let first = try await house.perform(house.submission(), by: house.lead.actor)
        try await house.perform(house.sendBack(nil), by: house.officer.actor)
        var boat = ProposalWriting.conceptNote["boat"] ?? [:]
        boat["title"] = .text("Two boats (fictional)")
        _ = try await ProposalWriting(house.tried.office.office).save("boat", boat, of: "boats", revision: 1, by: house.lead.actor)
        let second = try await house.perform(house.submission(), by: house.lead.actor)
        let page = try AttachedDocument(name: "page.pdf", content: Array("%PDF-1.7 signed".utf8))
        func signing(_ code: String?, page: AttachedDocument? = page) -> SignOffProposal {
            SignOffProposal(
                fund: "river-towns", proposal: "boats", party: .organizations, organization: "river-office", digest: second.digest,
                page: page, pageCode: code)
        }
        let missing = await house.refusal(signing(nil), by: house.lead.actor)
        #expect(missing?.reason.contains("comes with the code that is printed on it") ?? false)
        func bytes(_ digest: String) -> [UInt8] {
            let digits = Array(digest.utf8)
            return stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
            }
        }
        let (old, new) = (VersionCode.text(of: bytes(first.digest)), VersionCode.text(of: bytes(second.digest)))
        #expect(new.utf8.count == 19 && second.digest.hasPrefix(new.replacing(" ", with: "")))
        let stale = await house.refusal(signing(old), by: house.lead.actor)
        #expect(stale?.reason == "the page carries the code “\(old)”; that of version 2, which was submitted last, is \(new)")
        #expect(await house.refusal(signing("", page: nil), by: house.lead.actor) != nil)
        // In the system nobody types a code; on a page capitals and spaces do not matter.
        let typed = new.uppercased().replacing(" ", with: "  ")
        #expect(try await house.perform(signing(typed), by: house.lead.actor).waitingCount == 2)

        let bridge = try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "bridge", organization: "bridge-agency")
        let letter = Actor.person(
            house.officer.person, through: house.officer.actor.passage, onBehalf: OnBehalf(person: bridge.person, answer: page, note: ""))
        func byLetter(_ code: String?) -> SignOffProposal {
            SignOffProposal(
                fund: "river-towns", proposal: "boats", party: .organizations, organization: "bridge-agency", digest: second.digest,
                pageCode: code)
        }
        #expect(await house.refusal(byLetter(nil), by: letter)?.reason.contains("comes with the code") ?? false)
        #expect(await house.refusal(byLetter(old), by: letter)?.reason.contains("version 2") ?? false)
        #expect(try await house.perform(byLetter(second.digest), by: letter).waitingCount == 1)
    }
}
