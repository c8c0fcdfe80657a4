public import Foundation
public import PooledFund

/// The folders of this repository that tests read.
public enum Folders {
    public static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// The real fund.
    public static let migrationMPTF = repository.appendingPathComponent("Funds/migration-mptf")
    /// The made-up fund: other areas, other regions, a currency without minor units, withheld entries, sensitive places, names that try to break things.
    public static let riverTowns = repository.appendingPathComponent("Tests/Fixtures/river-towns")
}

/// A copy of a fund folder that a test may spoil.
public struct FolderCopy: Sendable {
    private let temporary: TemporaryFolder
    public let url: URL

    public init(of original: URL = Folders.riverTowns, named name: String = "river-towns") throws {
        temporary = try TemporaryFolder()
        url = temporary.url.appendingPathComponent(name)
        try FileManager.default.copyItem(at: original.resolvingSymlinksInPath(), to: url)
    }

    public func read() throws -> FundFolder { try FundFolder.read(at: url) }

    /// Everything that a check finds wrong.
    public func faults() -> [Fault] {
        do {
            _ = try FundFolder.read(at: url)
            return []
        } catch {
            return error.faults
        }
    }

    public func text(_ file: String) throws -> String { try String(contentsOf: url.appendingPathComponent(file), encoding: .utf8) }

    public func write(_ text: String, to file: String) throws { try write(Array(text.utf8), to: file) }

    public func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: url.appendingPathComponent(file)) }

    public func remove(_ file: String) throws { try FileManager.default.removeItem(at: url.appendingPathComponent(file)) }

    /// Puts `new` in the place of the only `old`.
    public func replace(_ old: String, with new: String, in file: String) throws {
        let parts = try text(file).components(separatedBy: old)
        guard parts.count == 2 else { throw Unexpected("“\(old)” stands \(parts.count - 1) times in \(file)") }
        try write(parts.joined(separator: new), to: file)
    }

    public func append(_ line: String, to file: String) throws { try write(try text(file) + line + "\n", to: file) }

    /// The line on which `text` stands.
    public func line(of text: String, in file: String) throws -> Int {
        guard let range = try self.text(file).range(of: text) else { throw Unexpected("“\(text)” is not in \(file)") }
        return try self.text(file)[..<range.lowerBound].count { $0 == "\n" } + 1
    }
}

extension Folders {
    /// Every Swift file below a folder of the repository.
    public static func swiftFiles(under path: String) throws -> [URL] {
        let root = repository.appendingPathComponent(path)
        return try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }.sorted().map(
            root.appendingPathComponent)
    }
}

/// What a test relies on and did not find.
public struct Unexpected: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
