#if PostgreSQL
    internal import CPostgreSQL
    internal import Foundation
    internal import PooledFund
    internal import PostgreSQL
    internal import Synchronization

    /// libpq with prepared statements, each transaction sent in one go through its pipeline.
    final class RawPostgreSQL: RawEngine {
        private let url: String
        private var connections: [PreparedConnection] = []

        init(url: String) throws {
            self.url = url
        }

        func insert(_ actions: [PreparedAction], actionsPerCommit: Int, connections: Int, for duration: Duration) throws -> Throughput {
            while self.connections.count < connections { self.connections.append(try PreparedConnection(url: url)) }
            let outcome = Mutex<(done: Int, failure: (any Error)?)>((0, nil))
            let start = ContinuousClock.now
            let used = self.connections.prefix(connections)
            let threads = used.enumerated().map { number, connection in
                let part = stride(from: number, to: actions.count, by: connections).map { actions[$0] }
                let work = Work(part: part, connection: connection)
                let finished = DispatchSemaphore(value: 0)
                Thread {
                    do {
                        let done = try work.connection.insert(work.part, actionsPerCommit: actionsPerCommit, until: start + duration)
                        outcome.withLock { $0.done += done }
                    } catch {
                        outcome.withLock { $0.failure = error }
                    }
                    finished.signal()
                }.start()
                return finished
            }
            for finished in threads { finished.wait() }
            let elapsed = ContinuousClock.now - start
            let (done, failure) = outcome.withLock { $0 }
            if let failure { throw failure }
            return Throughput(actions: done, elapsed: elapsed)
        }

        /// One thread's; handed over once.
        private struct Work: @unchecked Sendable {
            let part: [PreparedAction]
            let connection: PreparedConnection
        }
    }

    private final class PreparedConnection {
        private let handle: OpaquePointer?

        init(url: String) throws {
            handle = PQconnectdb(url)
            guard PQstatus(handle) == CONNECTION_OK else { throw failure("connect") }
            for table in RawTable.allCases {
                let result = PQprepare(handle, table.name, table.insertion, 0, nil)
                defer { PQclear(result) }
                guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure("prepare") }
            }
            for (name, sql) in [("begin", "BEGIN"), ("commit", "COMMIT")] { PQclear(PQprepare(handle, name, sql, 0, nil)) }
            guard PQenterPipelineMode(handle) == 1 else { throw failure("pipeline") }
        }

        deinit { PQfinish(handle) }

        func insert(_ actions: [PreparedAction], actionsPerCommit: Int, until end: ContinuousClock.Instant) throws -> Int {
            var done = 0
            while done < actions.count, ContinuousClock.now < end {
                let next = min(done + actionsPerCommit, actions.count)
                try send("begin")
                for action in actions[done..<next] {
                    for (number, row) in action.rows.enumerated() {
                        try send(row)
                        // Answers of so many fit the buffers between the two.
                        if number % 200 == 199 { try finish() }
                    }
                    if action.rows.count * actionsPerCommit > 400 { try finish() }
                }
                try send("commit")
                try finish()
                done = next
            }
            return done
        }

        private var sent = 0

        private func send(_ name: String) throws {
            guard PQsendQueryPrepared(handle, name, 0, nil, nil, nil, 1) == 1 else { throw failure(name) }
            sent += 1
        }

        private func send(_ row: PreparedRow) throws {
            let formats = [CInt](repeating: 1, count: row.pointers.count)
            let isSent = PQsendQueryPrepared(
                handle, row.table.name, CInt(row.pointers.count), row.pointers, row.lengths, formats, 1)
            guard isSent == 1 else { throw failure("insert into \(row.table.name)") }
            sent += 1
        }

        private func finish() throws {
            guard PQpipelineSync(handle) == 1 else { throw failure("pipeline") }
            for _ in 0..<sent {
                while let result = PQgetResult(handle) {
                    defer { PQclear(result) }
                    guard PQresultStatus(result) == PGRES_COMMAND_OK else {
                        throw RawFailure("PostgreSQL: \(String(cString: PQresultErrorMessage(result)))")
                    }
                }
            }
            sent = 0
            PQclear(PQgetResult(handle))
        }

        private func failure(_ what: String) -> RawFailure { RawFailure("PostgreSQL: \(what): \(String(cString: PQerrorMessage(handle)))") }
    }

    /// Three databases of their own: one for the door, two for the engine alone.
    struct PostgreSQLDatabases {
        private let maintenance: String
        private let names = ["door", "each", "shared"]
        private let prefix = "bench_\(UUID().uuidString.prefix(8).lowercased())_"

        init(on maintenance: String) throws {
            self.maintenance = maintenance
            for name in names { try administer("CREATE DATABASE \(prefix)\(name)") }
        }

        var door: String { get throws { try url(of: "door") } }

        /// A database on which the fund is loaded already.
        func loaded(_ fund: FundFolder, _ name: String) async throws -> String {
            let url = try url(of: name)
            let database = try await PostgreSQLDatabase(PostgreSQLAddress(url))
            try await database.migrate(try Schema.migrations())
            _ = try await Door(database: database, folder: fund)
            try database.close()
            return url
        }

        func drop() {
            for name in names { try? administer("DROP DATABASE IF EXISTS \(prefix)\(name) WITH (FORCE)") }
        }

        private func url(of name: String) throws -> String {
            guard var parts = URLComponents(string: maintenance) else { throw RawFailure("the PostgreSQL URL cannot be read") }
            parts.path = "/\(prefix)\(name)"
            guard let url = parts.string else { throw RawFailure("the PostgreSQL URL cannot be written") }
            return url
        }

        private func administer(_ statement: String) throws {
            let handle = PQconnectdb(maintenance)
            defer { PQfinish(handle) }
            guard PQstatus(handle) == CONNECTION_OK else { throw RawFailure("PostgreSQL: \(String(cString: PQerrorMessage(handle)))") }
            let result = PQexec(handle, statement)
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COMMAND_OK else {
                throw RawFailure("PostgreSQL: \(String(cString: PQerrorMessage(handle)))")
            }
        }
    }
#endif
