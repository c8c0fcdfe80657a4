import Ledger
import SQL
import Synchronization
import TestSupport
import Testing

@testable import PooledFund

/// Several offices on one database, as several servers and commands have them.
@Suite("A record that others write too")
struct SharedRecordTests {
    private struct Two {
        let first: TestOffice
        let second: Office
        let line: UnreliableDatabase

        init() async throws {
            first = try await TestOffice()
            let clock = first.clock
            line = UnreliableDatabase(first.database)
            second = try await Office(database: line, clock: { clock.now })
        }
    }

    private func post(_ id: String, _ office: Office) async throws -> Office.Performed<PostEntries.Outcome> {
        let contribution = PostEntries.OpeningContribution(
            externalID: id, contributor: "naher", amount: Money(minorUnits: 100, currency: try Currency(code: "JPY", minorUnits: 0)),
            effectiveOn: try CivilDate(parsing: "2024-01-31"), memo: "", source: "charter")
        return try await office.perform(PostEntries(fund: "river-towns", contributions: [contribution]), by: .machineOperator)
    }

    @Test("An office that asks again knows the funds and the events that another recorded")
    func refresh() async throws {
        let two = try await Two()
        #expect(two.second.funds.isEmpty)
        try await two.first.load(Folders.riverTowns)
        try await two.first.load(Folders.migrationMPTF)
        try await two.second.refresh()
        #expect(two.second.funds == ["migration-mptf", "river-towns"])
        for fund in two.second.funds { #expect(two.second.publicSequence(of: fund) == two.first.office.publicSequence(of: fund)) }
        let event = try #require(try await post("x-1", two.first.office).event)
        #expect(two.second.publicSequence(of: "river-towns") == event.sequence - 1)
        try await two.second.refresh()
        #expect(two.second.publicSequence(of: "river-towns") == event.sequence)
        #expect(try await post("x-2", two.second).event?.sequence == event.sequence + 1)
        #expect(try await two.first.verify().isIntact)
    }

    @Test("Only events with public effect count as news for the public, however many others follow")
    func publicOnly() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        for event in 1...2 {
            let erasure = EraseEventBody(fund: "river-towns", event: Int64(event), reason: "a test")
            _ = try await two.first.office.perform(erasure, by: .machineOperator)
        }
        try await two.second.refresh()
        #expect(two.second.publicSequence(of: "river-towns") == 1)
        #expect(try await two.first.eventCount() == 3)
    }

    @Test("Hundreds who ask at once share one query that begins after they asked")
    func shared() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        let before = two.line.reads
        two.line.holdReads()
        let early = Task { try await two.second.refresh() }
        try await eventually { two.line.reads > before }
        // The query under way may have read before these asked: they need one that begins now, and one does for all.
        let arrived = Arrivals()
        let late = (0..<300).map { _ in
            Task {
                arrived.increment()
                try await two.second.refresh()
            }
        }
        try await eventually { arrived.value == 300 }
        two.line.releaseReads()
        for task in [early] + late { try await task.value }
        // Those of the last that came only after the second query had begun may have needed a third.
        #expect((2...4).contains(two.line.reads - before))
        #expect(two.second.publicSequence(of: "river-towns") == 1)
    }

    @Test("An office that follows learns of a change without being asked, and of an outage and its end")
    func follow() async throws {
        let two = try await Two()
        let following = Task { await two.second.follow() }
        defer { following.cancel() }
        try await eventually { two.line.isFollowed }
        #expect(!two.second.contact.isLost)

        try await two.first.load(Folders.riverTowns)
        two.line.announce()
        try await eventually { two.second.publicSequence(of: "river-towns") == 1 }

        let confirmed = two.second.contact.lastConfirmed
        two.line.isDown = true
        try two.first.clock.set("2024-02-01T09:30:00Z")
        two.line.announce()
        try await eventually { two.second.contact.isLost }
        #expect(two.second.contact.lastConfirmed == confirmed)
        #expect(two.second.publicSequence(of: "river-towns") == 1)

        two.line.isDown = false
        two.line.announce()
        try await eventually { !two.second.contact.isLost }
        #expect(two.second.contact.lastConfirmed.description == "2024-02-01T09:30:00Z")
    }

    @Test("What was known once is not forgotten where the database is behind, as after a standby took over")
    func neverBack() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        try await two.second.refresh()
        let heads = PublicHeads(["river-towns": ChainHead(sequence: 7, hash: [1])], confirmed: two.first.clock.now)
        let behind = try await two.first.database.read { try AuditQueries.lastPublicEvents(in: $0) }
        #expect(behind["river-towns"]?.sequence == 1)
        _ = heads.confirm(behind, at: two.first.clock.now, tick: .now)
        #expect(heads["river-towns"]?.sequence == 7)
    }

    // MARK: A commit whose end is not heard of

    @Test("An action whose commit was done unheard is acknowledged, once the record shows it")
    func doneUnheard() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        two.line.setNextCommit(.doneUnheard)
        let performed = try await post("x-1", two.second)
        #expect(performed.event?.sequence == 2)
        #expect(two.second.publicSequence(of: "river-towns") == 2)
        #expect(try await two.first.eventCount() == 2)
    }

    @Test("An action whose commit was lost is refused as not recorded, and may be given again")
    func lostUnheard() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        two.line.setNextCommit(.lostUnheard)
        let error = await #expect(throws: DatabaseError.self) { try await post("x-1", two.second) }
        guard case .unavailable(let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(detail.contains("nothing was recorded"))
        #expect(try await two.first.eventCount() == 1)
        #expect(two.second.publicSequence(of: "river-towns") == nil)
        #expect(try await post("x-1", two.second).event?.sequence == 2)
    }

    @Test("Another writer's event in the same place is not taken for the one that was lost")
    func anotherInItsPlace() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        let other = two.first.office
        two.line.setNextCommit(.lostUnheard) {
            let event = try await post("other", other).event
            #expect(event?.sequence == 2)
        }
        await #expect(throws: DatabaseError.self) { try await post("mine", two.second) }
        #expect(try await two.first.eventCount() == 2)
    }

    @Test("An action whose commit stays unheard of is said to be neither done nor not done", .timeLimit(.minutes(1)))
    func unknown() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        two.line.setNextCommit(.doneThenDown)
        let error = await #expect(throws: DatabaseError.self) { try await post("x-1", two.second) }
        guard case .outcomeUnknown = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await two.first.eventCount() == 2)
    }

    @Test("A commit of nothing but refusals has nothing to find out")
    func nothingToFind() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        two.line.setNextCommit(.doneThenDown)
        await #expect(throws: Refusal("the ledger has no entry “nothing”")) {
            let action = ReverseEntry(
                fund: "river-towns", entry: "nothing", externalID: "r-1", effectiveOn: try CivilDate(parsing: "2024-01-31"), memo: "")
            _ = try await two.second.perform(action, by: .machineOperator)
        }
    }

    // MARK: A replica

    @Test("The public reads from a replica that has what is known here, and from the database where it is behind, away or another fund's")
    func replica() async throws {
        let two = try await Two()
        try await two.first.load(Folders.riverTowns)
        try await two.second.refresh()
        let copy = try await TestOffice()
        let replica = UnreliableDatabase(copy.database)
        two.second.read(from: replica)

        // Empty: behind.
        var reads = two.line.reads
        #expect(try await two.second.recordedFund("river-towns") != nil)
        #expect((two.line.reads, replica.reads) == (reads + 1, 1))

        // The same fund, loaded on its own: not a copy, as its chain says.
        try await copy.load(Folders.riverTowns)
        #expect(try await two.second.recordedFund("river-towns") != nil)
        #expect((two.line.reads, replica.reads) == (reads + 2, 2))

        // A true copy, here the database itself on another line.
        let standby = UnreliableDatabase(two.first.database)
        two.second.read(from: standby)
        reads = two.line.reads
        let recorded = try #require(try await two.second.recordedFund("river-towns"))
        _ = try await two.second.publicRecord(of: recorded, asOf: nil, now: two.first.clock.now)
        #expect((two.line.reads, standby.reads) == (reads, 2))

        standby.isDown = true
        #expect(try await two.second.recordedFund("river-towns") != nil)
        #expect(two.line.reads == reads + 1)

        // The database is away and the replica is not.
        standby.isDown = false
        two.line.isDown = true
        try? await two.second.refresh()
        #expect(two.second.contact.isLost)
        #expect(try await two.second.recordedFund("river-towns") != nil)
        await #expect(throws: RecordUnavailable.self) { try await two.second.checkReadiness() }
        standby.isDown = true
        await #expect(throws: RecordUnavailable.self) { try await two.second.recordedFund("river-towns") }
    }

    private func eventually(_ condition: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while !condition() {
            try #require(ContinuousClock.now < deadline, "waited in vain")
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

private final class Arrivals: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increment() { count.withLock { $0 += 1 } }
}
