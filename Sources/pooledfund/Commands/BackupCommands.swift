internal import ArgumentParser
internal import PooledFund

/// `pooledfund backup`
struct BackupCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes everything on record to one file, while the fund goes on.",
        discussion: """
            The file holds the record as it was at one moment. It is a database of its own, in SQLite's form whichever engine the record is kept in: \
            `restore` puts it into an empty database of either engine, and `serve --database sqlite:FILE` shows it. It is verified as `audit verify` \
            and `ledger verify` do before it gets its name; a backup that fails leaves nothing behind. Only its owner can read it.

            Prints the head of each fund's audit chain: keep it elsewhere, and compare it with what `restore` prints.

            EXAMPLES:
              pooledfund backup /backups/2026-02-01.sqlite
              pooledfund backup fund.sqlite --database postgres://fund@db.example/fund

            EXIT CODES: 0 the file is there, verified and on the disk; 1 it is not, and nothing is left of it; 64 misuse.
            """
    )
    static let stopsOnRequest = true

    @Argument(help: ArgumentHelp("The file to make. It must not be there yet.", valueName: "file"))
    var file: String
    @OptionGroup var database: DatabaseOptions

    func run(in house: House, output: any Output) async throws {
        let writing = BackupWriting(path: absolutePath(file, in: house.directory))
        let copy = try await writing.run(from: house.office.database)
        try await output.report(copy.report)
        await output.note("\(writing.path): \(copy.summary), verified")
    }
}

/// `pooledfund restore`
struct RestoreCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup on record in an empty database.",
        discussion: """
            Recomputes the audit chains, the digests of all rows and the journals before it says that it is done: a file that was altered or damaged \
            is refused, and the database stays empty. Makes the database, and its folder, if they are missing. The file is only read.

            A backup of one engine is restored into the other in the same way: that is how a record moves between SQLite and PostgreSQL.

            Prints the head of each fund's audit chain, as `backup` did.

            EXAMPLES:
              pooledfund restore /backups/2026-02-01.sqlite --database sqlite:/srv/fund/record.sqlite
              pooledfund restore fund.sqlite --database postgres://fund@db.example/fund

            EXIT CODES: 0 restored and verified; 1 refused, and the database is as it was; 64 misuse.
            """
    )
    static let createsDatabase = true
    static let stopsOnRequest = true

    @Argument(help: ArgumentHelp("A file that `backup` made.", valueName: "file"))
    var file: String
    @OptionGroup var database: DatabaseOptions

    func checkBeforeCreating(in directory: String, output: any Output) async throws {
        try BackupReading(path: absolutePath(file, in: directory)).check()
    }

    func run(in house: House, output: any Output) async throws {
        let reading = BackupReading(path: absolutePath(file, in: house.directory))
        let copy = try await reading.run(into: house.office.database)
        // It is restored, whether this process can already say so on its pages or not.
        try? await house.office.refresh()
        try await output.report(copy.report)
        await output.note("\(reading.path): \(copy.summary), verified and on record")
    }
}

extension RecordCopy {
    /// A line for each fund: its slug and the head of its audit chain.
    fileprivate var report: String { heads.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined() }

    fileprivate var summary: String { "\(heads.count) \(heads.count == 1 ? "fund" : "funds"), events \(eventCount), rows \(rowCount)" }
}
