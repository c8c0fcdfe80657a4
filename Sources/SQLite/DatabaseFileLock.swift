internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Holds a database file for one process.
///
/// The lock is the kernel's (`flock` on `FILE.lock`), so it ends with the process, however it ends. What the file says is only for people.
public final class DatabaseFileLock: Sendable {
    private let descriptor: CInt

    /// Takes the lock, or throws `HeldByAnother` with what the holder wrote about itself.
    ///
    /// - Parameter holder: one line about this process, such as `server at http://127.0.0.1:8080, process 4711`.
    public init(databasePath: String, holder: String) throws {
        let path = databasePath + ".lock"
        // Without O_CLOEXEC a child process, such as the browser that prints a PDF, would go on holding the file.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CannotLock(path: path, reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            close(descriptor)
            guard error == EWOULDBLOCK else { throw CannotLock(path: path, reason: String(cString: strerror(error))) }
            let holder = (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
            throw HeldByAnother(databasePath: databasePath, holder: holder ?? "")
        }
        self.descriptor = descriptor
        ftruncate(descriptor, 0)
        let line = Array((holder + "\n").utf8)
        _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    deinit {
        // Closing releases the lock. The file stays: removing it would let two processes lock two files of one name.
        close(descriptor)
    }

    public struct HeldByAnother: Error, CustomStringConvertible {
        public let databasePath: String
        public let holder: String

        public var description: String {
            "\(databasePath) is held by another process (\(holder.isEmpty ? "unknown" : holder)); stop it first, or give another --database"
        }
    }

    public struct CannotLock: Error, CustomStringConvertible {
        public let path: String
        public let reason: String

        public var description: String { "cannot lock \(path): \(reason); check that the folder exists and that you may write there" }
    }
}
