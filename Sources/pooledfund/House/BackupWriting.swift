internal import Foundation
internal import PooledFund
internal import SQL
internal import SQLite

/// Makes a backup: a file of SQLite's that holds a whole record by itself, whatever engine the record is kept in.
struct BackupWriting {
    /// Absolute.
    let path: String

    /// Copies the record into a file beside `path`, verifies it there, makes it durable and only then gives it its name.
    ///
    /// - Throws: `Refusal`, `DatabaseError`, `CancellationError`. Then nothing of it is left.
    func run(from database: any Database) async throws -> RecordCopy {
        let partial = try makePartialFile()
        defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(partial + suffix) } }
        let copy: RecordCopy
        do {
            copy = try await fill(partial, from: database)
            try publish(partial)
        } catch let failure as RecordCopy.Failure {
            throw refusal(for: failure)
        } catch DatabaseError.full {
            throw Refusal("there is no room for \(path), and nothing is left of it", remedy: "make room, or give another FILE")
        }
        return copy
    }

    private func refusal(for failure: RecordCopy.Failure) -> Refusal {
        switch failure {
        case .nothingOnRecord: Refusal("nothing is on record, so there is nothing to back up", remedy: "check --database")
        case .notIntact: Refusal("\(failure)", remedy: "no backup was made: keep the database as it is, and look: pooledfund audit verify")
        case .notEmpty: Refusal("\(failure)")
        }
    }

    /// A file of a name that nobody else takes, in the same folder, so that it can be given its own name in one step.
    private func makePartialFile() throws -> String {
        let folder = (path as NSString).deletingLastPathComponent
        // A link that leads nowhere is there too.
        guard (try? FileManager.default.attributesOfItem(atPath: path)) == nil else {
            throw Refusal("\(path) is there already, and nothing is written over", remedy: "give another FILE, or remove it first")
        }
        let partial = "\(folder)/.pooledfund-backup-\(UUID().uuidString.lowercased())"
        let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Refusal(
                "nothing can be written in \(folder): \(String(cString: strerror(errno)))",
                remedy: "check that the folder exists, that you may write there and that there is room, or give another FILE")
        }
        close(descriptor)
        return partial
    }

    private func fill(_ partial: String, from database: any Database) async throws -> RecordCopy {
        let backup = try SQLiteDatabase(path: partial)
        do {
            let migrations = try Schema.migrations()
            try await backup.migrate(migrations)
            let copy = try await RecordCopy.run(from: database, into: backup)
            let damages = try await backup.damages(in: migrations)
            guard damages.isEmpty else { throw DatabaseError.damaged(damages.joined(separator: "; ")) }
            try backup.closeAsSingleFile()
            return copy
        } catch {
            try? backup.close()
            throw error
        }
    }

    /// Gives the file its name, unless somebody took it meanwhile. Its content and its name are on the disk then.
    private func publish(_ partial: String) throws {
        try synchronize(partial)
        guard link(partial, path) == 0 else {
            throw Refusal(
                "\(path) cannot be made: \(String(cString: strerror(errno)))",
                remedy: "give another FILE, on a file system that knows hard links")
        }
        unlink(partial)
        try synchronize((path as NSString).deletingLastPathComponent)
    }

    private func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw Refusal(
                "what was written to \(path) is not on the disk: \(String(cString: strerror(errno)))",
                remedy: "check the disk, then back up again")
        }
    }
}
