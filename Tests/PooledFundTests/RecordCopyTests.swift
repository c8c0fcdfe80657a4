import Foundation
import Ledger
import SQL
import Synchronization
import TestSupport
import Testing

@testable import PooledFund

/// What `pooledfund backup` and `pooledfund restore` stand on.
// One after the other: each has several databases with connections of their own.
@Suite("Copying a record into another database", .serialized)
struct RecordCopyTests {
    /// Each engine to itself, and each way between the two where there is a PostgreSQL server.
    static let ways: [(Engine, Engine)] =
        TestDatabase.engine == .sqlite
        ? [(.sqlite, .sqlite)] : [(.sqlite, .postgresql), (.postgresql, .sqlite), (.postgresql, .postgresql)]

    @Test("All rows, figures and heads are the same in the copy, and in a copy of it", arguments: ways)
    func roundTrip(from: Engine, into: Engine) async throws {
        let original = try await TemporaryRecord(from)
        try await original.fill()
        let copy = try await TemporaryRecord(into)
        let copied = try await RecordCopy.run(from: original.database, into: copy.database)
        let again = try await TemporaryRecord(from)
        let copiedAgain = try await RecordCopy.run(from: copy.database, into: again.database)

        let rows = try await original.rows()
        #expect(rows.count == AuditedTable.all.count + 2 + OperationalTable.allCases.count - OperationalTable.leftBehind.count)
        #expect(rows.filter { $0.value.isEmpty }.map(\.key) == [], "a table without rows proves nothing")
        for table in OperationalTable.leftBehind {
            #expect(try await original.count(of: table) > 0, "a table without rows proves nothing")
            #expect(try await copy.count(of: table) == 0, "whoever holds a copy is signed in by \(table)")
        }
        let copiedRows = try await copy.rows()
        let copiedAgainRows = try await again.rows()
        #expect(copiedRows == rows)
        #expect(copiedAgainRows == rows)

        let audits = [
            try await AuditVerification.run(on: original.database), try await AuditVerification.run(on: copy.database),
            try await AuditVerification.run(on: again.database),
        ]
        for audit in audits { #expect(audit.isIntact, "\(audit.findings)") }
        #expect(Set(audits.map(\.heads)) == [copied.heads] && copiedAgain.heads == copied.heads)
        #expect(copied.eventCount == 23 && audits[0].eventCount == 23)
        #expect(copied.rowCount == audits[0].rowCount)
        for database in [copy.database, again.database] {
            let journal = try await LedgerVerification.run(on: TemporaryRecord.fund, database: database)
            let originalJournal = try await LedgerVerification.run(on: TemporaryRecord.fund, database: original.database)
            #expect(journal.isIntact && journal.total == originalJournal.total && journal.entryCount == originalJournal.entryCount)
        }
    }

    @Test("The public record of the copy is the one of the original", arguments: ways)
    func figures(from: Engine, into: Engine) async throws {
        let original = try await TemporaryRecord(from)
        try await original.fill()
        let copy = try await TemporaryRecord(into)
        _ = try await RecordCopy.run(from: original.database, into: copy.database)
        let (one, other) = (try await original.figures(), try await copy.figures())
        #expect(one == other && !one.isEmpty)
    }

    @Test("The copy goes on where the original stood: the next action follows from its head", arguments: ways)
    func goingOn(from: Engine, into: Engine) async throws {
        let original = try await TemporaryRecord(from)
        try await original.fill()
        let copy = try await TemporaryRecord(into)
        let copied = try await RecordCopy.run(from: original.database, into: copy.database)
        let office = try await copy.office()
        #expect(office.funds == [TemporaryRecord.fund])
        let performed = try await office.perform(try TemporaryRecord.contribution("after-the-move"), by: .machineOperator)
        #expect(performed.event?.sequence == 17)
        let expected = try #require(copied.heads[TemporaryRecord.fund])
        #expect(try await AuditVerification.run(on: copy.database, expecting: [expected]).isIntact)
    }

    @Test("It is the record of one moment, whatever is recorded while it is copied", arguments: ways)
    func snapshot(from: Engine, into: Engine) async throws {
        let original = try await TemporaryRecord(from)
        try await original.fill()
        let before = try await original.rows()
        let copy = try await TemporaryRecord(into)
        let gate = Gate()
        // At the first row that is written, most of the others are not read yet: the two keep step.
        let destination = OverheardDatabase(copy.database) { if $0.text.hasPrefix("INSERT") { gate.pass() } }
        async let copied = RecordCopy.run(from: original.database, into: destination)
        await gate.reached()
        let office = try await original.office()
        for number in 1...3 {
            _ = try await office.perform(try TemporaryRecord.contribution("meanwhile-\(number)"), by: .machineOperator)
        }
        gate.open()
        #expect(try await copied.eventCount == 23)
        let rows = try await copy.rows()
        #expect(rows == before)
        let after = try await original.rows()
        #expect(after["audit_event"]?.count == 26)
    }

    @Test("A failure where it is written ends both sides, and leaves nothing", arguments: ways)
    func failingDestination(from: Engine, into: Engine) async throws {
        let original = try await TemporaryRecord(from)
        try await original.fill()
        let copy = try await TemporaryRecord(into)
        let destination = OverheardDatabase(copy.database) {
            if $0.text.hasPrefix("INSERT INTO posting") { throw DatabaseError.full("the test says so") }
        }
        await #expect(throws: DatabaseError.full("the test says so")) {
            try await RecordCopy.run(from: original.database, into: destination)
        }
        #expect(try await copy.isEmpty())
        // Neither side is stuck: the same two can go on.
        _ = try await RecordCopy.run(from: original.database, into: copy.database)
    }

    @Test("A failure where it is read ends both sides, and leaves nothing", arguments: ways)
    func failingSource(from: Engine, into: Engine) async throws {
        let original = try await TemporaryRecord(from)
        try await original.fill()
        let copy = try await TemporaryRecord(into)
        let source = OverheardDatabase(original.database) {
            if $0.text.contains("FROM posting") { throw DatabaseError.unavailable("the test says so") }
        }
        await #expect(throws: DatabaseError.unavailable("the test says so")) { try await RecordCopy.run(from: source, into: copy.database) }
        #expect(try await copy.isEmpty())
        _ = try await RecordCopy.run(from: original.database, into: copy.database)
    }

    @Test("A copy that is called off leaves nothing", arguments: ways)
    func cancelled(from: Engine, into: Engine) async throws {
        let original = try await TemporaryRecord(from)
        try await original.fill()
        let copy = try await TemporaryRecord(into)
        let gate = Gate()
        let destination = OverheardDatabase(copy.database) { if $0.text.hasPrefix("INSERT") { gate.pass() } }
        let task = Task { try await RecordCopy.run(from: original.database, into: destination) }
        await gate.reached()
        task.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await copy.isEmpty())
    }

    @Test("A database that is not empty is refused and left as it is", arguments: ways)
    func notEmpty(from: Engine, into: Engine) async throws {
        let original = try await TemporaryRecord(from)
        try await original.fill()
        let copy = try await TemporaryRecord(into)
        try await copy.fill()
        let before = try await copy.rows()
        await #expect(throws: RecordCopy.Failure.notEmpty(table: "audit_event")) {
            try await RecordCopy.run(from: original.database, into: copy.database)
        }
        let after = try await copy.rows()
        #expect(after == before)
    }

    @Test("An empty record is refused", arguments: ways)
    func nothingOnRecord(from: Engine, into: Engine) async throws {
        let (original, copy) = (try await TemporaryRecord(from), try await TemporaryRecord(into))
        await #expect(throws: RecordCopy.Failure.nothingOnRecord) {
            try await RecordCopy.run(from: original.database, into: copy.database)
        }
    }

    /// Each behind the triggers' back: a word, an amount, an event, a body; a row that is gone.
    static let alterations = [
        "UPDATE entry SET memo = 'altered' WHERE event = 1", "UPDATE posting SET amount = amount * 2",
        "UPDATE audit_event SET actor = 'nobody' WHERE sequence = 1", "UPDATE audit_body SET body = salt WHERE sequence = 1",
        "DELETE FROM fund_text WHERE name = (SELECT MIN(name) FROM fund_text)",
    ]

    @Test("A record that was altered is not copied, and nothing is left of it", arguments: alterations)
    func altered(_ alteration: String) async throws {
        for (from, into) in Self.ways {
            let original = try await TemporaryRecord(from)
            try await original.fill()
            switch from {
            case .sqlite:
                try original.place.alter("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'trigger'")
                try original.place.alter(alteration)
            case .postgresql:
                try original.place.alter("SET session_replication_role = replica; \(alteration)")
            }
            let copy = try await TemporaryRecord(into)
            let altered = try await original.place.open()
            defer { try? altered.close() }
            let error = await #expect(throws: RecordCopy.Failure.self) { try await RecordCopy.run(from: altered, into: copy.database) }
            guard case .notIntact = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(try await copy.isEmpty())
        }
    }
}

/// A record of either engine in a database of its own.
private final class TemporaryRecord: Sendable {
    static let fund = "river-towns"
    let place: TestDatabase
    let database: any Database
    private let clock: SettableClock

    init(_ engine: Engine) async throws {
        place = try TestDatabase(engine)
        database = try await place.open()
        clock = try SettableClock("2024-02-01T09:00:00Z")
        try await database.migrate(try Schema.migrations())
    }

    func office() async throws -> Office { try await Office(database: database, clock: { [clock] in clock.now }) }

    /// Between them a row in every table: the made-up fund, a difference, the erasure of a body, a reversal; people, and what they need.
    func fill() async throws {
        let office = try await office()
        let folder = try FolderCopy()
        _ = try await office.perform(LoadFund(folder: try folder.read()), by: .machineOperator)
        try folder.append("new-town,New Town (fictional),,local-authority,,,charter", to: "records/organizations.csv")
        _ = try await office.perform(LoadFund(folder: try folder.read()), by: .machineOperator)
        _ = try await office.perform(EraseEventBody(fund: Self.fund, event: 2, reason: "A test"), by: .machineOperator)
        let reversal = ReverseEntry(
            fund: Self.fund, entry: "brief-ferrymen", externalID: "ferrymen-reversed", effectiveOn: try CivilDate(parsing: "2024-01-31"),
            memo: "A test")
        _ = try await office.perform(reversal, by: .machineOperator)
        try await PeopleOnRecord(office, fund: Self.fund, now: clock.now).fill()
    }

    func count(of table: OperationalTable) async throws -> Int {
        try await database.read { try $0.rows("SELECT * FROM \(name: table.rawValue)") { _ in }.count }
    }

    static func contribution(_ id: String) throws -> PostEntries {
        let model = try #require(try FundFolder.read(at: Folders.riverTowns).contributions.first)
        return PostEntries(
            fund: fund,
            contributions: [
                .init(
                    externalID: id, contributor: model.contributor, amount: model.amount, effectiveOn: model.effectiveOn, memo: "A test",
                    source: model.source)
            ])
    }

    /// The rows of every table that a copy takes along, by its name, in the order of its key.
    func rows() async throws -> [String: [[Value]]] {
        try await database.read { transaction in
            var rows: [String: [[Value]]] = [:]
            let left = OperationalTable.leftBehind.map(\.rawValue)
            for table in try transaction.tables() where !left.contains(table.name) {
                let key = Statement.joined(table.primaryKey.map { "\(name: $0)" }, separator: ", ")
                rows[table.name] = try transaction.rows("SELECT * FROM \(name: table.name) ORDER BY \(key)") { row in
                    try table.columns.map { try row.value($0.name) }
                }
            }
            return rows
        }
    }

    func isEmpty() async throws -> Bool { try await rows().values.allSatisfy(\.isEmpty) }

    /// Every figure of the public record in words.
    func figures() async throws -> [String] {
        let now = clock.now
        let record = try await database.read { try PublicRecord.read(Self.fund, asOf: nil, now: now, in: $0) }
        return try #require(record).figures.map { "\($0)" }
    }
}

/// Holds up whoever passes until it is opened.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let isOpen = Mutex(false)
    private let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)

    func pass() {
        guard !isOpen.withLock({ $0 }) else { return }
        arrival.yield()
        semaphore.wait()
    }

    func reached() async { for await _ in arrivals { return } }

    func open() {
        isOpen.withLock { $0 = true }
        semaphore.signal()
    }
}
