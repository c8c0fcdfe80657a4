import HTML
import PooledFund
import Publications
import TestSupport

/// A fund folder, loaded into a real database and read back; changed as a test needs it.
final class FundOnRecord {
    private let folder: FolderCopy
    private let office: TestOffice

    /// A copy of the Migration MPTF's folder, changed before it is first loaded.
    init(changing change: (FundOnRecord) throws -> Void = { _ in }) async throws {
        folder = try FolderCopy(of: Folders.migrationMPTF, named: "migration-mptf")
        office = try await TestOffice()
        // Later than all that is on record.
        try office.clock.set("2024-06-03T08:00:00Z")
        try change(self)
        try await load()
    }

    func load() async throws { try await office.load(folder.url) }

    /// Replaces a text of a file of the folder that stands in it exactly once.
    func replace(_ old: String, by new: String, in file: String) throws { try folder.replace(old, with: new, in: file) }

    func append(_ line: String, to file: String) throws { try folder.append(line, to: file) }

    /// Leaves only the heading of a file of records.
    func empty(_ file: String, keeping kept: (Substring) -> Bool = { _ in false }) throws {
        let lines = try folder.text(file).split(separator: "\n")
        let left = lines.prefix(1) + lines.dropFirst().filter(kept)
        try folder.write(left.joined(separator: "\n") + "\n", to: file)
    }

    func remove(_ file: String) throws { try folder.remove(file) }

    func record(asOf day: String? = nil) async throws -> PublicRecord {
        guard let record = try await office.record("migration-mptf", asOf: day) else { throw Unexpected("the fund is not on record") }
        return record
    }

    func brief(asOf day: String? = nil) async throws -> Brief {
        Brief(record: try await record(asOf: day), say: try Sentences.catalogue())
    }
}
