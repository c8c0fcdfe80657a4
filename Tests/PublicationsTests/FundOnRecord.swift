import Foundation
import HTML
import Ledger
import PooledFund
import Publications
import SQLite

/// A fund folder, loaded into a real database and read back; changed as a test needs it.
final class FundOnRecord {
    private let folder: URL
    private let database: SQLiteDatabase
    private let office: Office

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Later than all that is on record.
    private let now: Instant

    /// A copy of the Migration MPTF's folder, changed before it is first loaded.
    init(changing change: (FundOnRecord) throws -> Void = { _ in }) async throws {
        now = try Instant(parsing: "2024-06-03T08:00:00Z")
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        folder = place.appendingPathComponent("migration-mptf")
        try FileManager.default.copyItem(at: Self.root.appendingPathComponent("Funds/migration-mptf"), to: folder)
        database = try SQLiteDatabase(path: place.appendingPathComponent("record.sqlite").path)
        try await database.migrate(try Schema.migrations())
        office = try await Office(database: database, clock: { [now] in now })
        try change(self)
        try await load()
    }

    deinit {
        try? database.close()
        try? FileManager.default.removeItem(at: folder.deletingLastPathComponent())
    }

    func load() async throws {
        _ = try await office.perform(LoadFund(folder: try FundFolder.read(at: folder)), by: .machineOperator)
    }

    /// Replaces a text of a file of the folder that stands in it exactly once.
    func replace(_ old: String, by new: String, in file: String) throws {
        let url = folder.appendingPathComponent(file)
        let text = try String(contentsOf: url, encoding: .utf8)
        guard text.components(separatedBy: old).count == 2 else { throw Unexpected(message: "“\(old)” is not exactly once in \(file)") }
        try text.replacingOccurrences(of: old, with: new).write(to: url, atomically: true, encoding: .utf8)
    }

    func append(_ line: String, to file: String) throws {
        let url = folder.appendingPathComponent(file)
        try (String(contentsOf: url, encoding: .utf8) + line + "\n").write(to: url, atomically: true, encoding: .utf8)
    }

    /// Leaves only the heading of a file of records.
    func empty(_ file: String, keeping kept: (Substring) -> Bool = { _ in false }) throws {
        let url = folder.appendingPathComponent(file)
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        let left = lines.prefix(1) + lines.dropFirst().filter(kept)
        try (left.joined(separator: "\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
    }

    func remove(_ file: String) throws {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(file))
    }

    func record(asOf day: String? = nil) async throws -> PublicRecord {
        let day = try day.map { try CivilDate(parsing: $0) }
        let record = try await database.read { [now] transaction in
            try PublicRecord.read("migration-mptf", asOf: day, now: now, in: transaction)
        }
        guard let record else { throw Unexpected(message: "the fund is not on record") }
        return record
    }

    func brief(asOf day: String? = nil) async throws -> Brief {
        Brief(record: try await record(asOf: day), say: try Sentences.catalogue())
    }

    struct Unexpected: Error, CustomStringConvertible {
        let message: String
        var description: String { message }
    }
}
