import Foundation
import Ledger
import SQL
import Synchronization
import TestSupport
import Testing

@testable import PooledFund

@Suite("The door")
struct OfficeTests {
    @Test("Hundreds of actions at once leave a chain without gaps and share commits; a refused one undoes only itself")
    func concurrent() async throws {
        let writes = Counter()
        let office = try await TestOffice { CountingDatabase($0, counter: writes) }
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<400 {
                group.addTask {
                    do {
                        // Every tenth is refused after it wrote; every eleventh breaks a rule of the database.
                        let action = AddSource(number: number % 11 == 0 ? 0 : number, refusal: number % 10 == 9)
                        _ = try await office.office.perform(action, by: .machineOperator)
                        return false
                    } catch is Refusal {
                        return true
                    } catch DatabaseError.invalidValue {
                        return true
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        let expected = (0..<400).count { $0 % 11 == 0 || $0 % 10 == 9 }
        #expect(refused == expected)
        let sequences = try await office.database.read {
            try $0.rows("SELECT sequence FROM audit_event ORDER BY sequence") { try $0.integer("sequence") }
        }
        #expect(sequences == Array(1...Int64(400 - expected)))
        #expect(try await office.database.read { try $0.rows("SELECT id FROM source") }.count == 400 - expected)
        let verification = try await office.verify()
        #expect(verification.isIntact, "\(verification.findings)")
        #expect(writes.count < 200)
        #expect(office.office.publicSequence(of: "tests") == Int64(400 - expected))
    }

    @Test("An action is done when its change is durable, and its answer names its event")
    func answer() async throws {
        let office = try await TestOffice()
        let first = try await office.office.perform(AddSource(number: 1), by: .machineOperator)
        let second = try await office.office.perform(AddSource(number: 2), by: .machineOperator)
        #expect(first.event?.sequence == 1)
        #expect(first.outcome == "source-1")
        #expect(try await office.verify().heads["tests"] == second.event)
        // As another process would see it.
        let other = try await office.place.open()
        #expect(try await other.read { try $0.rows("SELECT id FROM source") }.count == 2)
    }

    @Test("An action that records nothing leaves no event")
    func nothing() async throws {
        let office = try await TestOffice()
        let performed = try await office.office.perform(AddSource(number: nil), by: .machineOperator)
        #expect(performed.event == nil)
        #expect(try await office.eventCount() == 0)
        #expect(office.office.publicSequence(of: "tests") == nil)
        #expect(office.office.funds.isEmpty)
    }

    @Test("A refused action leaves nothing, the next one follows on")
    func refused() async throws {
        let office = try await TestOffice()
        await #expect(throws: Refusal("refused for a test")) {
            try await office.office.perform(AddSource(number: 1, refusal: true), by: .machineOperator)
        }
        #expect(try await office.eventCount() == 0)
        #expect(try await office.office.perform(AddSource(number: 1), by: .machineOperator).event?.sequence == 1)
    }

    @Test("Instants never go back, even if the machine's clock does")
    func clockSetBack() async throws {
        let office = try await TestOffice()
        for time in ["2024-02-01T09:00:00Z", "2024-02-01T08:00:00Z", "2024-02-01T08:00:00Z", "2024-02-01T10:00:00Z"] {
            try office.clock.set(time)
            _ = try await office.office.perform(AddSource(number: Int.random(in: 1...Int.max)), by: .machineOperator)
        }
        let instants = try await office.database.read {
            try $0.rows("SELECT recorded_at FROM audit_event ORDER BY sequence") {
                try Instant(microsecondsSince1970: try $0.integer("recorded_at")).description
            }
        }
        #expect(instants == ["2024-02-01T09:00:00Z", "2024-02-01T09:00:00.000001Z", "2024-02-01T09:00:00.000002Z", "2024-02-01T10:00:00Z"])
        #expect(try await office.verify().isIntact)
    }

    @Test("A door with too many waiting refuses at once rather than keep more waiting, and serves those who wait")
    func queueLimit() async throws {
        let office = try await TestOffice()
        let gate = Gate()
        let blocking = Task { try await office.office.perform(AddSource(number: 0x1000, gate: gate), by: .machineOperator) }
        while !gate.isEntered { try await Task.sleep(for: .milliseconds(2)) }
        let refusals = Counter()
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...(Office.waitingLimit + 50) {
                group.addTask {
                    do {
                        _ = try await office.office.perform(AddSource(number: number), by: .machineOperator)
                        return 1
                    } catch let refusal as Refusal {
                        #expect(refusal.description == "1000 actions are waiting already; try again in a moment")
                        // The last refusal shows that the queue is full.
                        if refusals.increment() == 50 { gate.open() }
                        return 0
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        _ = try await blocking.value
        #expect(done == Office.waitingLimit)
        #expect(refusals.count == 50)
        #expect(try await office.eventCount() == Int64(Office.waitingLimit) + 1)
    }

    @Test("An entry posted at the door counts, and what it may not be is refused")
    func posting() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        let jpy = try Currency(code: "JPY", minorUnits: 0)
        func post(_ id: String, _ contributor: String, _ amount: Int64, _ currency: Currency, source: String = "charter") async throws {
            let contribution = PostEntries.OpeningContribution(
                externalID: id, contributor: contributor, amount: Money(minorUnits: amount, currency: currency),
                effectiveOn: try CivilDate(parsing: "2024-01-31"),
                memo: "", source: source)
            _ = try await office.office.perform(PostEntries(fund: "river-towns", contributions: [contribution]), by: .machineOperator)
        }
        try await post("posted-1", "silent-partner", 434, jpy)
        #expect(try await office.record("river-towns")?.contributionsMobilized.plainDecimal == "70985000")
        let usd = try Currency(code: "USD", minorUnits: 2)
        await #expect(throws: Refusal.self) { try await post("posted-2", "silent-partner", 1, usd) }
        await #expect(throws: Refusal.self) { try await post("posted-2", "nobody", 1, jpy) }
        await #expect(throws: Refusal.self) { try await post("posted-2", "naher", 1, jpy, source: "nowhere") }
        await #expect(throws: Refusal.self) { try await post("posted 2", "naher", 1, jpy) }
        await #expect(throws: (any Error).self) { try await post("posted-2", "naher", 0, jpy) }
        await #expect(throws: (any Error).self) { try await post("posted-1", "naher", 1, jpy) }
        #expect(try await office.eventCount() == 2)
    }

    @Test("An entry is reversed once, and a reversal not at all")
    func reversing() async throws {
        let office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        func reverse(_ entry: String, as id: String, on day: String = "2024-01-31") async throws {
            let action = ReverseEntry(
                fund: "river-towns", entry: entry, externalID: id, effectiveOn: try CivilDate(parsing: day), memo: "A test")
            _ = try await office.office.perform(action, by: .machineOperator)
        }
        try await reverse("brief-naher", as: "r-1")
        await #expect(throws: Refusal("“brief-naher” is reversed by “r-1” already")) { try await reverse("brief-naher", as: "r-2") }
        await #expect(throws: EntryError.self) { try await reverse("r-1", as: "r-2") }
        await #expect(throws: Refusal("the ledger has no entry “nothing”")) { try await reverse("nothing", as: "r-2") }
        await #expect(throws: EntryError.self) { try await reverse("brief-stream", as: "r-2", on: "2023-01-01") }
        await #expect(throws: Refusal.self) { try await reverse("brief-stream", as: "r 2") }
        #expect(try await office.eventCount() == 2)
        #expect(try await LedgerVerification.run(on: "river-towns", database: office.database).isIntact)
    }
}

/// Adds a source to a fund of no folder; can record nothing, be refused after it wrote, or wait within the transaction.
private struct AddSource: Action {
    static let name = "add-source"
    static let hasPublicEffect = true
    static let right = Right(operators: true, rule: "Only the operator of the machine.")

    let fund = "tests"
    let number: Int?
    var refusal = false
    var gate: Gate?

    func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    func authorise(_ actor: Actor, in recording: Recording) throws {}

    func perform(in recording: Recording) throws -> String {
        gate?.enter()
        guard let number else { return "nothing" }
        let id = number == 0 ? "a\0b" : "source-\(number)"
        try recording.insert(into: RecordKind.sources.table, [.text(id), .text("Title"), .text(""), .text(""), .text(""), .text("")])
        if refusal { throw Refusal("refused for a test") }
        return id
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    @discardableResult
    func increment() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

/// Lets a test know that someone has come, and keeps them until it opens.
private final class Gate: Sendable {
    private let entered = Mutex(false)
    private let opened = DispatchSemaphore(value: 0)

    var isEntered: Bool { entered.withLock { $0 } }

    func enter() {
        entered.withLock { $0 = true }
        opened.wait()
    }

    func open() { opened.signal() }
}

/// The engine, with every transaction that writes counted.
private struct CountingDatabase: Database {
    let inner: any Database
    let writes: Counter

    init(_ inner: any Database, counter: Counter) {
        self.inner = inner
        writes = counter
    }

    var engine: Engine { inner.engine }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> Result) async throws -> Result {
        try await inner.read(body)
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> Result) async throws -> Result {
        writes.increment()
        return try await inner.write(body)
    }

    func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    func damages(in migrations: [Migration]) async throws -> [String] { try await inner.damages(in: migrations) }
    func changes() -> AsyncStream<Void> { inner.changes() }
    func close() throws { try inner.close() }
}
