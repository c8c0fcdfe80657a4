import Foundation
public import SQL
import SQLite

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

    private enum Place: Sendable {
        case file(TemporaryFolder)
        case database(name: String)
    }

    /// - Parameter original: a database that is copied; nobody may have it open.
    public init(_ engine: Engine = TestDatabase.engine, copying original: TestDatabase? = nil) throws {
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
                try Self.administer("CREATE DATABASE \(name)\(template)")
            #else
                throw Unexpected("this build knows SQLite only")
            #endif
        }
    }

    deinit {
        #if PostgreSQL
            if case .database(let name) = place { try? Self.administer("DROP DATABASE \(name) WITH (FORCE)") }
        #endif
    }

    /// Another connection to it, as another process would have one.
    public func open() async throws -> any Database {
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

    private var name: String {
        get throws {
            guard case .database(let name) = place else { throw Unexpected("SQLite has a file, not a name") }
            return name
        }
    }
}
