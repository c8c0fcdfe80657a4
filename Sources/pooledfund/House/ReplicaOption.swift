internal import ArgumentParser
internal import Foundation
internal import PooledFund
internal import ServiceLifecycle

#if PostgreSQL
    internal import PostgreSQL
#endif

/// `--replica`, for the server.
struct ReplicaOption: ParsableArguments {
    @Option(
        name: .customLong("replica"),
        help: ArgumentHelp(
            "A hot standby of the PostgreSQL database, to read pages from while it is fresh. (default: $POOLEDFUND_REPLICA, else none)",
            valueName: "url"))
    var name: String?

    /// What keeps a server's office connected to the replica; nil if there is none.
    ///
    /// - Throws: if what was given is no replica of a database at `location`.
    func service(for location: DatabaseLocation, output: any Output) throws -> (@Sendable (Office) -> any Service)? {
        let named = ProcessInfo.processInfo.environment["POOLEDFUND_REPLICA"] ?? ""
        guard let name = name ?? (named.isEmpty ? nil : named) else { return nil }
        switch (location, try DatabaseLocation(name, in: "/")) {
        #if PostgreSQL
            case (.server, .server(let address)):
                return { office in ReplicaReading(address: address, office: office, output: output) }
        #endif
        default:
            throw ValidationError(
                "a replica is of a PostgreSQL database: give postgres://… both as --database and as --replica, or no replica")
        }
    }
}

#if PostgreSQL
    /// Has a server's office read from a replica, from when it first answers to when the server ends.
    private struct ReplicaReading: Service {
        let address: PostgreSQLAddress
        let office: Office
        let output: any Output

        private static let interval = Duration.seconds(2)

        func run() async throws {
            let database = await cancelWhenGracefulShutdown { await open() }
            guard let database else { return }
            office.read(from: database)
            try? await gracefulShutdown()
            try? database.close()
        }

        /// - Returns: nil if the server ends before the replica has answered.
        private func open() async -> PostgreSQLDatabase? {
            var isFirst = true
            while !Task.isCancelled {
                do {
                    return try await PostgreSQLDatabase(address, part: .replica)
                } catch {
                    if isFirst { await output.note("\(address) is not read yet, the database itself is: \(error)") }
                    isFirst = false
                    try? await Task.sleep(for: Self.interval)
                }
            }
            return nil
        }
    }
#endif
