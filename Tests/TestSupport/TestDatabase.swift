import Foundation
public import SQL
import SQLite
import Synchronization

#if PostgreSQL
    import PostgreSQL
#endif

/// A database of its own for a test, empty at first, of the engine that the run is about; gone when nothing refers to it any more.
public final class TestDatabase: Sendable {
    /// `POOLEDFUND_TEST_ENGINE`; SQLite unless it says otherwise.
    public static let engine: Engine = {
        let name = ProcessInfo.processInfo.environment["POOLEDFUND_TEST_ENGINE"] ?? Engine.sqlite.rawValue
        guard let engine = Engine(rawValue: name) else { fatalError("POOLEDFUND_TEST_ENGINE is “\(name)”") }
        return engine
    }()

    public let engine: Engine
    private let place: Place
    private let opened = Mutex<[any Database]>([])

    private enum Place: Sendable {
        case file(TemporaryFolder)
        case database(name: String)
    }

    /// - Parameters:
    ///   - original: a database that is copied; nobody may have it open.
    ///   - isInFiles: whether all of a copy is in the server's files at once, rather than in its memory first.
    public init(_ engine: Engine = TestDatabase.engine, copying original: TestDatabase? = nil, isInFiles: Bool = false) throws {
        self.engine = engine
        switch engine {
        case .sqlite:
            let folder = try TemporaryFolder()
            place = .file(folder)
            if let original { try FileManager.default.copyItem(atPath: try original.path, toPath: folder.path("fund.sqlite")) }
        case .postgresql:
            #if PostgreSQL
                let name = "test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
                place = .database(name: name)
                let template = try original.map { " TEMPLATE \(try $0.name)" } ?? ""
                try Self.administer("CREATE DATABASE \(name)\(template)\(isInFiles ? " STRATEGY file_copy" : "")")
            #else
                throw Unexpected("this build knows SQLite only")
            #endif
        }
    }

    deinit { delete() }

    func delete() {
        close()
        switch place {
        case .file(let folder): folder.delete()
        case .database(let name):
            #if PostgreSQL
                try? Self.administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
            #endif
        }
    }

    /// Another connection to it, as another process would have one. It is closed with the rest when the test ends.
    public func open() async throws -> any Database {
        let database = try await connect()
        opened.withLock { $0.append(database) }
        return database
    }

    private func connect() async throws -> any Database {
        switch engine {
        case .sqlite: return try SQLiteDatabase(path: try path)
        case .postgresql:
            #if PostgreSQL
                return try await PostgreSQLDatabase(PostgreSQLAddress(try url))
            #else
                throw Unexpected("this build knows SQLite only")
            #endif
        }
    }

    /// Closes whatever is open of it, so that it can be copied.
    public func close() {
        let databases = opened.withLock { opened in
            defer { opened = [] }
            return opened
        }
        for database in databases { try? database.close() }
    }

    /// Runs statements behind the program's back, with all the rights that there are.
    public func alter(_ statements: String) throws {
        switch engine {
        case .sqlite: try RawSQLite(path: try path).execute(statements)
        case .postgresql:
            #if PostgreSQL
                try RawPostgreSQL(url: try url).execute(statements)
            #else
                throw Unexpected("this build knows SQLite only")
            #endif
        }
    }

    /// Where the file is.
    public var path: String {
        get throws {
            guard case .file(let folder) = place else { throw Unexpected("PostgreSQL has no file") }
            return folder.path("fund.sqlite")
        }
    }

    #if PostgreSQL
        public var url: String { get throws { try RawPostgreSQL.url(of: try name) } }

        private static func administer(_ statement: String) throws {
            try RawPostgreSQL(url: try RawPostgreSQL.url(of: "postgres")).execute(statement)
        }
    #endif

    /// What PostgreSQL calls it.
    public var name: String {
        get throws {
            guard case .database(let name) = place else { throw Unexpected("SQLite has a file, not a name") }
            return name
        }
    }
}
