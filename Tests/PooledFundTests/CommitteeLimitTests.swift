import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// What one person could do again and again, and what is then said.
@Suite("Limits on what one person adds")
struct CommitteeLimitTests {
    @Test("An agenda has as many items as it may, however often it is changed")
    func agenda() async throws {
        let house = try await CommitteeHouse()
        let codes = (1...ConveneMeeting.itemLimit + 1).map { "boats-\($0)" }
        for code in codes { try await house.proposal(code, stages: [.submitted, .eligible, .assessed]) }
        try await house.convene(Array(codes.prefix(120)))
        func adding(_ added: [String], removed: [String] = []) -> AmendMeeting {
            AmendMeeting(fund: house.fund, meeting: "spring", added: added, removed: removed, reason: "More boats")
        }
        try await house.perform(adding(Array(codes.dropFirst(120).prefix(80))), by: house.officer)
        let last = try #require(codes.last)
        let refused = await house.refusal(adding([last]), by: house.officer)
        #expect(refused?.reason == "an agenda has 200 items at most")
        // What is there already comes with its latest version, and is no item more; what goes makes room.
        try await house.perform(adding([codes[0]]), by: house.officer)
        try await house.perform(adding([last], removed: [codes[0]]), by: house.officer)
        #expect(try await house.meeting(house.officer)?.items.count == 200)
    }

    @Test("One member's comments leave room for those of the others")
    func comments() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", organizations: ["river-office"])
        try await house.convene(["boats"])
        let person = house.town.person
        for number in 1...CommentItem.ownLimit {
            try await house.tried.people.write(
                """
                INSERT INTO committee_comment (id, fund, meeting, proposal, author, remark, written_at)
                VALUES (\("comment-\(number)"), \(house.fund), 'spring', 'boats', \(person), 'Again', 0)
                """)
        }
        let comment = CommentItem(fund: house.fund, meeting: "spring", proposal: "boats", remark: "And again")
        #expect(await house.refusal(comment, by: house.town.actor)?.reason == "the meeting has 200 comments of yours")
        try await house.perform(comment, by: house.mayor.actor)
    }

    @Test("Answers and statements of interest are changed a hundred times, and then are what they are")
    func answers() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats", organizations: ["river-office"])
        try await house.convene(["boats"])
        func answer(_ number: Int) -> AnswerItem {
            AnswerItem(fund: house.fund, meeting: "spring", proposal: "boats", answer: .agrees, reason: "Thought \(number)")
        }
        func interest(_ number: Int) -> DeclareInterest {
            DeclareInterest(fund: house.fund, proposal: "boats", statement: "Cousin \(number)")
        }
        for number in 1...100 {
            try await house.perform(answer(number), by: house.mayor.actor)
            try await house.perform(interest(number), by: house.mayor.actor)
        }
        let refused = await house.refusal(answer(101), by: house.mayor.actor)
        #expect(refused?.reason == "there are 100 answers of your seat on “boats” already" && refused?.remedy != nil)
        #expect(await house.refusal(interest(101), by: house.mayor.actor)?.reason.hasPrefix("there are 100 statements of yours") ?? false)
        // Saying the same again adds nothing, and is no refusal.
        try await house.perform(answer(100), by: house.mayor.actor)
    }
}
