import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("Selections of the committee")
struct SlateTests {
    private func view(_ house: CommitteeHouse, _ id: String, _ actor: Actor) async throws -> SlateView? {
        try await house.office.slates(of: house.fund, seenBy: try await house.visitor(actor), now: house.tried.office.clock.now)?
            .slates.first { $0.slate.id == id }
    }

    @Test("A selection says what would remain, where the money would go, whom it would serve, and which wishes it would respect")
    func before() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("old", area: 1, regions: ["danube"], amount: 4_000_000)
        try await house.proposal("boats", area: 1, regions: ["danube", "nile", "mekong"], amount: 5_000_000)
        try await house.proposal("bells", organizations: ["bridge-agency"], area: 2, regions: ["nile"], authorities: [], amount: 3_000_000)
        try await house.perform(try await house.cash(20_000_000), by: house.agent)
        try await house.convene(["old", "boats", "bells"])
        try await house.attend()
        try await house.perform(try await house.decision("old", .approved, amount: 4_000_000), by: house.officer)
        for (id, area, amount) in [("banks", 1, Int64(8_000_000)), ("warning", 2, 3_500_000)] {
            try await house.perform(
                NoteEarmark(fund: house.fund, id: id, contributor: "lakeland", area: area, amount: house.money(amount)), by: house.officer)
        }
        let saving = SaveSlate(
            fund: house.fund, id: "even", title: "Even",
            entries: [
                .init(proposal: "bells"), .init(proposal: "boats", organization: "river-office", amount: house.money(4_000_001)),
            ])
        let outcome = try await house.perform(saving, by: house.town.actor)
        #expect(outcome.proposalCount == 2 && outcome.total == "7000001")

        let view = try #require(try await view(house, "even", house.mayor.actor))
        #expect(view.cash?.available == house.money(16_000_000))
        #expect(view.remaining == house.money(8_999_999))
        #expect(view.before.amount(1, "danube") == house.money(4_000_000))
        // Split evenly, without losing a yen.
        #expect(["danube", "nile", "mekong"].map { view.after.amount(1, $0).minorUnits }.reduce(0, +) == 8_000_001)
        #expect(view.after.amount(2, "nile") == house.money(3_000_000))
        #expect(view.after.total == house.money(11_000_001))
        // One area of three has everything: H = 0. After: shares 8000001 and 3000000 of 11000001 over ln 3.
        #expect(view.before.evennessOfAreas?.value == 0)
        #expect(abs((view.after.evennessOfAreas?.value ?? 0) - 0.53336) < 0.00001)
        #expect(view.newObjectives == [3])
        #expect(view.organizations.map(\.organization) == ["river-office", "bridge-agency"])
        #expect(view.withLocalAuthorities == house.money(4_000_001))
        #expect(view.earmarks.map(\.isRespected) == [true, false])
    }

    @Test("A selection belongs to whoever began it, is saved anew by them, and one is proposed to a meeting")
    func proposing() async throws {
        let house = try await CommitteeHouse()
        try await house.proposal("boats")
        try await house.proposal("bells")
        try await house.convene(["boats"])
        let mine = SaveSlate(fund: house.fund, id: "mine", title: "Mine", entries: [.init(proposal: "boats")])
        try await house.perform(mine, by: house.town.actor)
        #expect(await house.refusal(mine, by: house.mayor.actor)?.reason == "the selection “mine” is somebody else's")
        let other = SaveSlate(fund: house.fund, id: "other", title: "Other", entries: [.init(proposal: "boats")])
        try await house.perform(other, by: house.mayor.actor)
        try await house.perform(ProposeSlate(fund: house.fund, meeting: "spring", slate: "mine"), by: house.officer)
        #expect(
            await house.refusal(ProposeSlate(fund: house.fund, meeting: "spring", slate: "other"), by: house.mayor.actor)?.reason
                == "“mine” is proposed to “spring” already")
        #expect(try await house.meeting(house.town.actor)?.items[0].proposed.map(\.amount) == [house.money(5_000_000)])
        // Only what is on an agenda or in the pipeline can be selected by members; the answer is the same for what there is not.
        let wrong = { SaveSlate(fund: house.fund, id: "wrong", title: "Wrong", entries: [.init(proposal: $0)]) }
        try await house.proposal("secret", stages: [.submitted])
        let refused = await house.refusal(wrong("secret"), by: house.town.actor)?.reason
        #expect(refused?.replacing("secret", with: "nothing") == (await house.refusal(wrong("nothing"), by: house.town.actor)?.reason))
    }
}
