internal import Foundation
internal import PooledFund
internal import SQL
internal import SQLite

/// Reads a backup, and never changes it.
struct BackupReading {
    /// Absolute.
    let path: String

    /// Of the file that the path leads to; nil if it leads to none.
    private static func attributes(of path: String) -> (isFile: Bool, size: Int64)? {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else { return nil }
        return (attributes[.type] as? FileAttributeType == .typeRegular, (attributes[.size] as? NSNumber)?.int64Value ?? 0)
    }

    /// Refuses what its first bytes tell is no backup.
    ///
    /// - Returns: what they say.
    @discardableResult
    func check() throws -> SQLiteFileHeader {
        guard let attributes = Self.attributes(of: path) else { throw Refusal("\(path) cannot be read", remedy: "check the path") }
        guard attributes.isFile else { throw Refusal("\(path) is not a file", remedy: remedy) }
        // First: of a database in use the file itself may say nothing yet.
        for suffix in ["-wal", "-journal"] where Self.attributes(of: path + suffix).map({ $0.size > 0 }) ?? false {
            throw Refusal(
                "\(path) is a database in use, not a backup: part of it is still in \(path)\(suffix)",
                remedy: "back it up: pooledfund backup")
        }
        guard attributes.size > 0 else { throw Refusal("\(path) is empty", remedy: remedy) }
        let bytes: [UInt8]
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            bytes = Array(try handle.read(upToCount: 100) ?? Data())
        } catch {
            throw Refusal("\(path) cannot be read", remedy: "check that you may read it")
        }
        guard let header = SQLiteFileHeader(bytes), header.isOfThisProgram else {
            throw Refusal("\(path) is not a backup that this program made", remedy: remedy)
        }
        if let size = header.declaredSize, size > attributes.size {
            throw Refusal("\(path) is cut short: \(attributes.size) bytes of \(size)", remedy: remedy)
        }
        return header
    }

    private var remedy: String { "give a file that pooledfund backup made" }

    /// Restores the record into `database`, which has to be empty.
    ///
    /// - Throws: `Refusal`, `DatabaseError`, `CancellationError`. Then nothing was changed.
    func run(into database: any Database) async throws -> RecordCopy {
        let header = try check()
        do {
            if header.hasWriteAheadLog { return try await restorePrivateCopy(into: database) }
            if let copy = try await restoreAsItIs(into: database) { return copy }
            return try await restorePrivateCopy(into: database)
        } catch let failure as RecordCopy.Failure {
            throw refusal(for: failure)
        } catch DatabaseError.damaged(let detail) {
            throw Refusal("\(path) is damaged, or was altered: \(detail)", remedy: "nothing was restored: give another backup")
        }
    }

    private func refusal(for failure: RecordCopy.Failure) -> Refusal {
        switch failure {
        case .notEmpty: Refusal("\(failure); a backup is restored into an empty one only", remedy: "give another --database")
        case .nothingOnRecord: Refusal("nothing is on record in \(path)", remedy: remedy)
        case .notIntact(let findings):
            Refusal(
                "\(path) was altered: \(RecordCopy.Failure.notIntact(findings: findings))",
                remedy: "nothing was restored: give another backup")
        }
    }

    /// - Returns: nil if an older program made the backup: nothing was restored.
    private func restoreAsItIs(into database: any Database) async throws -> RecordCopy? {
        let backup = try SQLiteDatabase(readingOnly: path)
        // What was restored stays so, however the file that was read is closed.
        defer { try? backup.close() }
        return try await requireSound(backup) ? nil : try await RecordCopy.run(from: backup, into: database)
    }

    /// Restores from a copy that may be written to: a backup that was opened as a database since, or one of an older program.
    private func restorePrivateCopy(into database: any Database) async throws -> RecordCopy {
        var template = Array((FileManager.default.temporaryDirectory.path + "/pooledfund-restore-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Refusal(
                "no temporary folder can be made: \(String(cString: strerror(errno)))", remedy: "set TMPDIR to a folder with room")
        }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let copyPath = folder + "/backup.sqlite"
        do {
            // A link would be copied as one.
            let original = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            try FileManager.default.copyItem(atPath: original, toPath: copyPath)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copyPath)
        } catch {
            throw Refusal("\(path) cannot be copied to \(folder)", remedy: "make room there, or set TMPDIR to a folder with room")
        }
        let backup = try SQLiteDatabase(path: copyPath)
        defer { try? backup.close() }
        _ = try await requireSound(backup)
        try await backup.migrate(try Schema.migrations())
        return try await RecordCopy.run(from: backup, into: database)
    }

    /// - Returns: whether an older program made it.
    private func requireSound(_ backup: SQLiteDatabase) async throws -> Bool {
        let known = try Schema.migrations()
        let applied = try await appliedMigrations(backup)
        let isOutdated = try lacksSteps(after: applied, of: known)
        // Held against the schema of its time.
        let damages = try await backup.damages(in: known.filter { applied[Int64($0.number)] != nil })
        guard damages.isEmpty else { throw DatabaseError.damaged(damages.prefix(5).joined(separator: "; ")) }
        return isOutdated
    }

    private func lacksSteps(after applied: [Int64: String], of known: [Migration]) throws -> Bool {
        do {
            return try !Migration.outstanding(known, after: applied, for: .sqlite).isEmpty
        } catch {
            guard case .unknownSchema(let detail) = error else { throw error }
            throw Refusal("\(path) has another schema than this program: \(detail)", remedy: "nothing was restored")
        }
    }

    /// The texts of the migrations that made its schema, by their numbers.
    private func appliedMigrations(_ backup: SQLiteDatabase) async throws -> [Int64: String] {
        do {
            let applied = try await backup.read { transaction in
                try transaction.rows("SELECT number, text FROM migration") { (try $0.integer("number"), try $0.text("text")) }
            }
            return Dictionary(applied, uniquingKeysWith: { first, _ in first })
        } catch DatabaseError.unknownSchema(let detail) {
            throw Refusal("\(path) is not a backup that this program made: \(detail)", remedy: remedy)
        }
    }
}
