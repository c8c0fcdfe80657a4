import Foundation
import PooledFund
import Testing

/// The folders of this repository that tests read.
enum Folders {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// The real fund.
    static let migrationMPTF = repository.appendingPathComponent("Funds/migration-mptf")
    /// The made-up fund: other areas, other regions, a currency without minor units, withheld entries, sensitive places, names that try to break things.
    static let riverTowns = repository.appendingPathComponent("Tests/Fixtures/river-towns")
}

/// A copy of a fund folder that a test may spoil.
struct FolderCopy {
    private let temporary: TemporaryFolder
    let url: URL

    init(of original: URL = Folders.riverTowns, named name: String = "river-towns") throws {
        temporary = try TemporaryFolder()
        url = temporary.url.appendingPathComponent(name)
        try FileManager.default.copyItem(at: original.resolvingSymlinksInPath(), to: url)
    }

    func read() throws -> FundFolder { try FundFolder.read(at: url) }

    /// Everything that a check finds wrong.
    func faults() -> [Fault] {
        do {
            _ = try FundFolder.read(at: url)
            return []
        } catch {
            return error.faults
        }
    }

    func text(_ file: String) throws -> String { try String(contentsOf: url.appendingPathComponent(file), encoding: .utf8) }

    func write(_ text: String, to file: String) throws { try write(Array(text.utf8), to: file) }

    func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: url.appendingPathComponent(file)) }

    func remove(_ file: String) throws { try FileManager.default.removeItem(at: url.appendingPathComponent(file)) }

    /// Puts `new` in the place of the only `old`.
    func replace(_ old: String, with new: String, in file: String) throws {
        let parts = try text(file).components(separatedBy: old)
        try #require(parts.count == 2, "“\(old)” stands \(parts.count - 1) times in \(file)")
        try write(parts.joined(separator: new), to: file)
    }

    func append(_ line: String, to file: String) throws { try write(try text(file) + line + "\n", to: file) }

    /// The line on which `text` stands.
    func line(of text: String, in file: String) throws -> Int {
        let range = try #require(try self.text(file).range(of: text))
        return try self.text(file)[..<range.lowerBound].count { $0 == "\n" } + 1
    }
}
