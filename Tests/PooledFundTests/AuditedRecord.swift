import Ledger
import PooledFund
import SQL
import TestSupport

/// A database with a row in every table of the record, copied for a test that spoils it.
///
/// Event 1 of the fund loads the made-up fund, 2 loads a difference, 3 erases the body of 2, 4 reverses an entry. People work in another fund: theirs are
/// twelve events of that fund, and seven of the chain of people.
struct AuditedRecord {
    static let fund = "river-towns"
    static let fundOfPeople = "river-villages"
    let database: any Database
    /// The head of the chain before anything was spoilt.
    let head: ChainHead
    private let place: TestDatabase

    /// - Parameters:
    ///   - isInFiles: whether all of it is in the server's files before it is spoilt.
    ///   - spoil: what is done to the closed database with a tool of its own.
    init(isInFiles: Bool = false, spoiling spoil: (TestDatabase) throws -> Void = { _ in }) async throws {
        try await self.init(of: Self.original.value, isInFiles: isInFiles, spoiling: spoil)
    }

    /// The record after statements that no trigger, no check and no foreign key stopped.
    init(after statements: String) async throws {
        try await self.init(of: Self.unguarded.value) { try $0.alter(SpoilingSQL.unchecked + statements) }
    }

    private init(of original: Original, isInFiles: Bool = false, spoiling spoil: (TestDatabase) throws -> Void) async throws {
        place = try TestDatabase(copying: original.place, isInFiles: isInFiles)
        try spoil(place)
        database = try await place.open()
        head = original.head
    }

    /// What is found, the triggers and checks that every alteration here takes away first left aside.
    func findings(expecting heads: [ChainHead] = []) async throws -> [AuditVerification.Finding] {
        let findings = try await AuditVerification.run(on: database, expecting: heads).findings
        return findings.filter { finding in
            !SpoilingSQL.takenAway.contains {
                finding.problem.hasPrefix("\($0) ") && finding.problem.hasSuffix(" was removed from the schema")
            }
        }
    }

    /// The event of the first row of a table; the last event of the same chain, and how many rows that has.
    static func place(ofFirstRowOf table: String) async throws -> (event: Int64, last: Int64, count: Int64) {
        let record = try await AuditedRecord()
        let row: Statement = "SELECT fund, event FROM \(name: table) ORDER BY fund, event, ordinal LIMIT 1"
        return try await record.database.read { transaction in
            guard let first = try transaction.first(row),
                let last = try transaction.first(
                    "SELECT sequence, row_count FROM audit_event WHERE fund = \(try first.text("fund")) ORDER BY sequence DESC LIMIT 1")
            else { throw Refusal("\(table) has no row") }
            return (try first.integer("event"), try last.integer("sequence"), try last.integer("row_count"))
        }
    }

    // MARK: What is copied

    private typealias Original = (place: TestDatabase, head: ChainHead)

    private static let original = Task { try await make() }

    private static let unguarded = Task {
        let original = try await Self.original.value
        let place = try TestDatabase(copying: original.place)
        place.goesAtExit()
        try place.alter(SpoilingSQL.removalOfGuards)
        return (place: place, head: original.head)
    }

    private static func make() async throws -> Original {
        let office = try await TestOffice()
        office.place.goesAtExit()
        let folder = try FolderCopy()
        try await office.load(folder.url)
        try folder.append("new-town,New Town (fictional),,local-authority,,,charter", to: "records/organizations.csv")
        try await office.load(folder.url)
        _ = try await office.office.perform(EraseEventBody(fund: fund, event: 2, reason: "A test"), by: .machineOperator)
        let reversal = ReverseEntry(
            fund: fund, entry: "brief-ferrymen", externalID: "ferrymen-reversed", effectiveOn: try CivilDate(parsing: "2024-01-31"),
            memo: "A test")
        let performed = try await office.office.perform(reversal, by: .machineOperator)
        let villages = try FolderCopy(named: fundOfPeople)
        _ = try await office.office.perform(LoadFund(folder: try villages.read()), by: .machineOperator)
        try await PeopleOnRecord(office.office, fund: fundOfPeople, now: office.clock.now).fill()
        guard let head = performed.event else { throw Refusal("the reversal left no event") }
        office.place.close()
        return (office.place, head)
    }
}
