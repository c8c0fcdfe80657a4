import Foundation
import Ledger
import PooledFund
import SQL
import TestSupport
import SQLite

/// A file with four events, between them a row in every table of the record, copied for a test that spoils it.
///
/// Event 1 loads the made-up fund, 2 loads a difference, 3 erases the body of 2, 4 reverses an entry.
struct AuditedFile {
    static let fund = "river-towns"
    let path: String
    let database: SQLiteDatabase
    /// The head of the chain before anything was spoilt.
    let head: ChainHead
    private let folder: TemporaryFolder

    private static let original = Task { try await make() }

    /// - Parameter spoil: what is done to the closed file with a tool of its own.
    init(spoiling spoil: (String) throws -> Void = { _ in }) async throws {
        let original = try await Self.original.value
        folder = try TemporaryFolder()
        path = folder.path("fund.sqlite")
        try FileManager.default.copyItem(atPath: original.path, toPath: path)
        try spoil(path)
        database = try SQLiteDatabase(path: path)
        head = original.head
    }

    /// The file after statements that no trigger, no constraint and no foreign key stopped.
    init(after statements: String) async throws {
        try await self.init { path in
            // Triggers are read when a connection opens the file.
            try RawSQLite(path: path).execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'trigger'")
            try RawSQLite(path: path).execute("PRAGMA ignore_check_constraints = ON; \(statements)")
        }
    }

    /// What is found, the triggers that every alteration here takes away first left aside.
    func findings(expecting heads: [ChainHead] = []) async throws -> [AuditVerification.Finding] {
        let findings = try await AuditVerification.run(on: database, expecting: heads).findings
        return findings.filter { !$0.problem.hasSuffix("was removed from the schema") }
    }

    private static func make() async throws -> (folder: TemporaryFolder, path: String, head: ChainHead) {
        let office = try await TestOffice()
        let folder = try FolderCopy()
        try await office.load(folder.url)
        try folder.append("new-town,New Town (fictional),,local-authority,,,charter", to: "records/organizations.csv")
        try await office.load(folder.url)
        _ = try await office.office.perform(EraseEventBody(fund: fund, event: 2, reason: "A test"), by: .machineOperator)
        let reversal = ReverseEntry(
            fund: fund, entry: "brief-ferrymen", externalID: "ferrymen-reversed", effectiveOn: try CivilDate(parsing: "2024-01-31"),
            memo: "A test")
        let performed = try await office.office.perform(reversal, by: .machineOperator)
        guard let head = performed.event else { throw Refusal("the reversal left no event") }
        try office.database.close()
        return (office.folder, office.path, head)
    }
}
