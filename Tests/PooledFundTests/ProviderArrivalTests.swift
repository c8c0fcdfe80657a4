import Foundation
import Ledger
import TestSupport
import Testing

@testable import PooledFund

@Suite("Who comes from an identity provider")
struct ProviderArrivalTests {
    private let office: TestOffice
    private let identity = LinkedIdentity(issuer: "https://identity.example.org", subject: "opaque-1")
    private let other = LinkedIdentity(issuer: "https://identity.example.org", subject: "opaque-2")
    private let email = "focal-point@rivers.example"

    init() async throws {
        office = try await TestOffice()
        try await office.load(Folders.riverTowns)
    }

    @Test("Whoever was invited joins by an address that the provider vouches for, and is known from then on, whatever address it gives")
    func joins() async throws {
        let person = try await invite()
        #expect(try await arrival() == .invited(person))
        try await join(person, by: identity)
        #expect(try await arrival() == .known(person))
        #expect(try await office.office.arrival(of: identity, verifiedEmail: "another@rivers.example") == .known(person))
        #expect(try await office.office.arrival(of: identity, verifiedEmail: nil) == .known(person))
        #expect(try await office.verify().isIntact)
    }

    @Test("An address is compared as addresses are, in any case")
    func inCapitals() async throws {
        let person = try await invite()
        #expect(try await arrival(email: "Focal-Point@Rivers.example") == .invited(person))
    }

    @Test(
        "Whoever the provider does not vouch an invited address for is a stranger",
        arguments: [nil, "stranger@rivers.example", "", "a\nb@c"])
    func stranger(email: String?) async throws {
        _ = try await invite()
        #expect(try await arrival(email: email) == .stranger)
    }

    @Test("An account that exists is not taken over by its address")
    func noTakeover() async throws {
        let person = try await invite()
        try await join(person, by: identity)
        #expect(try await office.office.arrival(of: other, verifiedEmail: email) == .notLinked)
        await #expect(throws: Refusal.self) { try await join(person, by: other) }
        #expect(try await office.office.linkedIdentities(of: person).map(\.subject) == ["opaque-1"])
    }

    @Test("An invitation that was followed by the provider cannot be followed by its link any more")
    func linkIsUsedUp() async throws {
        let person = try await invite()
        let link = [UInt8](repeating: 7, count: 32)
        try await office.office.makeEntryLink(link, to: person, for: .join, now: office.clock.now)
        try await join(person, by: identity)
        #expect(try await office.office.entryLink(link)?.standing(now: office.clock.now) == .used)
    }

    @Test("An account of the provider belongs to one person")
    func oneOwner() async throws {
        let (one, two) = (try await invite(), try await invite("second@rivers.example"))
        try await join(one, by: identity)
        await #expect(throws: Refusal.self) { try await join(two, by: identity) }
        #expect(try await office.office.arrival(of: identity, verifiedEmail: nil) == .known(one))
    }

    @Test("The last way in is not taken away, and nobody takes away another's")
    func unlinking() async throws {
        let (one, two) = (try await invite(), try await invite("second@rivers.example"))
        try await join(one, by: identity)
        try await join(two, by: other)
        await #expect(throws: Refusal.self) { try await perform(.unlinking(identity, from: one), as: one) }
        await #expect(throws: Refusal.self) { try await perform(.unlinking(identity, from: two), as: two) }
        let third = LinkedIdentity(issuer: identity.issuer, subject: "opaque-3")
        try await perform(.linking(third, to: one, now: office.clock.now), as: one)
        try await perform(.unlinking(identity, from: one), as: one)
        #expect(try await office.office.linkedIdentities(of: one).map(\.subject) == ["opaque-3"])
        #expect(try await arrival() == .notLinked)
    }

    @Test("Whoever is expected back is taken in once, within ten minutes")
    func visits() async throws {
        let digest = [UInt8](repeating: 1, count: 32)
        let visit = ExpectedReturn(
            issuer: identity.issuer, nonce: "n", verifier: "v", returnPath: "/workspace", linkingPerson: nil)
        try await office.office.expect(visit, digest, now: office.clock.now)
        #expect(try await office.office.takeReturn([UInt8](repeating: 2, count: 32), now: office.clock.now) == nil)
        #expect(try await office.office.takeReturn(digest, now: office.clock.now) == visit)
        #expect(try await office.office.takeReturn(digest, now: office.clock.now) == nil)
        try await office.office.expect(visit, digest, now: office.clock.now)
        try office.clock.set("2024-02-01T09:10:00Z")
        #expect(try await office.office.takeReturn(digest, now: office.clock.now) == nil)
        // It is in nobody's way.
        try await office.office.expect(visit, digest, now: office.clock.now)
    }

    private func invite(_ address: String? = nil) async throws -> String {
        let action = InvitePerson(
            fund: Folders.riverTowns.lastPathComponent, email: address ?? email, personName: "Focal point",
            role: .participatingOrganizationFocalPoint,
            organization: "river-office")
        return try await office.office.perform(action, by: .machineOperator).outcome.person
    }

    private func arrival() async throws -> Arrival { try await arrival(email: email) }

    private func arrival(email: String?) async throws -> Arrival {
        try await office.office.arrival(of: identity, verifiedEmail: email)
    }

    private func join(_ person: String, by identity: LinkedIdentity) async throws {
        let link = Array(UUID().uuidString.utf8.prefix(32))
        try await office.office.makeEntryLink(link, to: person, for: .join, now: office.clock.now)
        let action = ChangeAccess.joining(person, by: identity, now: office.clock.now)
        _ = try await office.office.perform(action, by: .person(person, through: .invitation(digest: link)))
    }

    private func perform(_ action: ChangeAccess, as person: String) async throws {
        let digest = Array(UUID().uuidString.utf8.prefix(32))
        try await office.office.open(NewSession(digest: digest, person: person, stage: .password, agent: ""), now: office.clock.now)
        _ = try await office.office.perform(action, by: .person(person, through: .session(digest: digest)))
    }
}
