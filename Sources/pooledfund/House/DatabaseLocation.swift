internal import ArgumentParser
internal import Foundation
internal import PooledFund

/// `--database`, for every command that needs one.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database"),
        help: ArgumentHelp(
            "The database: sqlite:PATH. (default: $POOLEDFUND_DATABASE, else \(DatabaseLocation.fallback))", valueName: "url"))
    var name: String?

    func location(in directory: String) throws -> DatabaseLocation {
        let named = ProcessInfo.processInfo.environment["POOLEDFUND_DATABASE"] ?? ""
        return try DatabaseLocation(name ?? (named.isEmpty ? DatabaseLocation.fallback : named), in: directory)
    }
}

/// A database file, by the one path that every process means by it.
struct DatabaseLocation: Sendable {
    static let fallback = "sqlite:var/pooledfund.sqlite"

    /// Absolute, symbolic links resolved: two names of one file must not be two locks.
    let path: String

    /// Where the server that holds the file takes commands.
    var socketPath: String { path + ".socket" }

    var folder: String { (path as NSString).deletingLastPathComponent }

    var exists: Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
    }

    init(_ name: String, in directory: String) throws {
        if name.hasPrefix("postgres://") || name.hasPrefix("postgresql://") {
            throw Refusal(
                "this program keeps its record in SQLite only; it does not speak to PostgreSQL", remedy: "give --database sqlite:PATH")
        }
        let scheme = "sqlite:"
        guard name.hasPrefix(scheme), name.utf8.count > scheme.utf8.count else {
            throw ValidationError("“\(name)” is not a database: write sqlite:PATH, such as \(Self.fallback)")
        }
        path = Self.canonical(absolutePath(String(name.dropFirst(scheme.count)), in: directory))
    }

    /// What exists of the path with its links resolved, and the rest as it is.
    private static func canonical(_ path: String, depth: Int = 0) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        // A link to a file that is not there yet: the file will be made under the name that the link gives.
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path), depth < 40 {
            return canonical(absolutePath(target, in: (path as NSString).deletingLastPathComponent), depth: depth + 1)
        }
        let parent = (path as NSString).deletingLastPathComponent
        guard parent != path, !parent.isEmpty else { return path }
        return (canonical(parent, depth: depth) as NSString).appendingPathComponent((path as NSString).lastPathComponent)
    }
}

/// `path` as seen from `directory`.
func absolutePath(_ path: String, in directory: String) -> String {
    URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: directory, isDirectory: true)).standardizedFileURL.path
}
