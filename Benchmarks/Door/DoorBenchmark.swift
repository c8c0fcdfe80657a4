internal import ArgumentParser
internal import Foundation
internal import PooledFund
internal import SQLite

#if PostgreSQL
    internal import PostgreSQL
#endif

/// Measures actions and postings a second through the door, beside the engine alone inserting the same rows. It measures, it does not judge.
@main
struct DoorBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "door-benchmark",
        abstract: "Measure actions a second through the door, beside the engine alone inserting the same rows with the same durability.")

    @Option(help: "The fund's folder that is loaded first.", completion: .directory)
    var fund: String

    @Option(help: "A folder on the disk to be measured, for the SQLite files.", completion: .directory)
    var sqlite: String?

    @Option(help: "A PostgreSQL URL with the right to create databases.")
    var postgresql: String?

    @Option(help: "How often each is measured; the median is shown.")
    var rounds = 3

    @Option(help: "Seconds of the door in each round.")
    var seconds = 1.5

    @Option(help: "Numbers of clients, separated by commas.")
    var clients = "1,8,64"

    func run() async throws {
        let folder = try FundFolder.read(at: URL(fileURLWithPath: fund))
        let plan = Plan(
            folder: folder, rounds: rounds, duration: .seconds(seconds), clients: clients.split(separator: ",").compactMap { Int($0) })
        print(Report.legend)
        if let sqlite {
            let files = try SQLiteFiles(in: URL(fileURLWithPath: sqlite))
            defer { files.remove() }
            try await plan.measure(
                "SQLite", try SQLiteDatabase(path: files.door),
                committingEach: try await RawSQLite(path: files.loaded(folder, "each")),
                sharingCommits: try await RawSQLite(path: files.loaded(folder, "shared")))
        }
        #if PostgreSQL
            if let postgresql {
                let databases = try PostgreSQLDatabases(on: postgresql)
                defer { databases.drop() }
                try await plan.measure(
                    "PostgreSQL", try await PostgreSQLDatabase(PostgreSQLAddress(databases.door)),
                    committingEach: try await RawPostgreSQL(url: databases.loaded(folder, "each")),
                    sharingCommits: try await RawPostgreSQL(url: databases.loaded(folder, "shared")))
            }
        #endif
    }
}
