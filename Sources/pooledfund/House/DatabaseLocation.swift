internal import ArgumentParser
internal import Foundation
internal import PooledFund
internal import SQL

#if PostgreSQL
    internal import PostgreSQL
#endif

/// `--database`, for every command that needs one.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database"),
        help: ArgumentHelp(
            """
            The database: \(DatabaseLocation.forms). An address with a password belongs in $POOLEDFUND_DATABASE, since every user of the machine \
            can read the command line. (default: $POOLEDFUND_DATABASE, else \(DatabaseLocation.fallback))
            """, valueName: "url"))
    var name: String?

    func location(in directory: String) throws -> DatabaseLocation {
        let named = ProcessInfo.processInfo.environment["POOLEDFUND_DATABASE"] ?? ""
        return try DatabaseLocation(name ?? (named.isEmpty ? DatabaseLocation.fallback : named), in: directory)
    }
}

/// Where a record is kept.
enum DatabaseLocation: Sendable, CustomStringConvertible {
    /// A file of SQLite's, which one process holds.
    case file(DatabaseFile)
    #if PostgreSQL
        /// A database that a PostgreSQL server keeps, for many processes at once.
        case server(PostgreSQLAddress)
    #endif

    static let fallback = "sqlite:var/pooledfund.sqlite"

    #if PostgreSQL
        static let forms = "sqlite:PATH or postgres://USER@HOST/NAME"
    #else
        static let forms = "sqlite:PATH"
    #endif

    /// - Throws: `ValidationError` if it is no address of a database, `Refusal` if this build cannot use it. Neither repeats a password.
    init(_ name: String, in directory: String) throws {
        if name.hasPrefix("postgres://") || name.hasPrefix("postgresql://") {
            #if PostgreSQL
                do {
                    self = .server(try PostgreSQLAddress(name))
                } catch {
                    // Why could repeat a piece of it.
                    throw ValidationError(
                        "the PostgreSQL address cannot be read: write postgres://USER@HOST/NAME, an @ or / within a name or a password as %40 or %2F"
                    )
                }
                return
            #else
                throw Refusal(
                    "this build keeps its record in SQLite only; it does not speak to PostgreSQL",
                    remedy:
                        "build it with the trait PostgreSQL (swift build, without --disable-default-traits), or give --database sqlite:PATH"
                )
            #endif
        }
        let scheme = "sqlite:"
        guard name.hasPrefix(scheme), name.utf8.count > scheme.utf8.count else {
            throw ValidationError("\(Self.shown(name)) is not a database: write \(Self.forms), such as \(Self.fallback)")
        }
        self = .file(DatabaseFile(absolutePath(String(name.dropFirst(scheme.count)), in: directory)))
    }

    /// What cannot be read may be an address with a password all the same.
    private static func shown(_ name: String) -> String {
        guard name.contains("@") || name.contains("://") else { return "“\(name)”" }
        let scheme = name.prefix { $0 != ":" && $0 != "@" && $0 != "/" }
        return name.dropFirst(scheme.count).hasPrefix(":") ? "“\(scheme):…”" : "what was given"
    }

    var engine: Engine {
        switch self {
        case .file: .sqlite
        #if PostgreSQL
            case .server: .postgresql
        #endif
        }
    }

    /// The file's path, or the server's address without a password.
    var description: String {
        switch self {
        case .file(let file): file.path
        #if PostgreSQL
            case .server(let address): address.description
        #endif
        }
    }
}

/// A database file, by the one path that every process means by it.
struct DatabaseFile: Sendable {
    /// Absolute, symbolic links resolved: two names of one file must not be two locks.
    let path: String

    /// Where the server that holds the file takes commands.
    var socketPath: String { path + ".socket" }

    var folder: String { (path as NSString).deletingLastPathComponent }

    var exists: Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
    }

    /// - Parameter path: absolute.
    init(_ path: String) {
        self.path = Self.canonical(path)
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

    /// Makes the folder of the file if it is missing, for its owner alone.
    func makeFolder() throws {
        do {
            try asOwnerOnly { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        } catch {
            throw Refusal(
                "the folder \(folder) cannot be made", remedy: "check the path and that you may write there, or give another --database")
        }
    }
}

/// What is created within is readable by nobody else, from the moment that it is there.
func asOwnerOnly<Result>(_ body: () throws -> Result) rethrows -> Result {
    let previous = umask(0o077)
    defer { umask(previous) }
    return try body()
}

/// `path` as seen from `directory`.
func absolutePath(_ path: String, in directory: String) -> String {
    URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: directory, isDirectory: true)).standardizedFileURL.path
}
