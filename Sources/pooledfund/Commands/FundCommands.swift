internal import ArgumentParser
internal import Ledger
internal import PooledFund

/// `pooledfund fund`
struct FundCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund",
        abstract: "Checks a fund's folder, or puts it on record.",
        subcommands: [FundCheck.self, FundLoad.self]
    )
}

/// `pooledfund fund check`
struct FundCheck: PlainCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Finds everything wrong with a fund's folder.",
        discussion: """
            Needs no database and changes nothing. Each fault is given with its file, line and field, and what to do; they are all given at once. \
            Where there is none, says what the folder holds.

            EXAMPLE:
              pooledfund fund check Funds/migration-mptf

            EXIT CODES: 0 nothing is wrong; 1 something is; 64 misuse.
            """
    )

    @Argument(help: ArgumentHelp("The fund's folder; its name is the fund's slug.", valueName: "dir"))
    var folder: String

    func run(in directory: String, output: any Output) async throws {
        for folder in try await FundLoading.read([folder], in: directory, output: output) {
            let identity = folder.terms.identity
            let rows = folder.rowCounts.map { [$0.file, String($0.rows)] }
            try await output.write("\(folder.slug): \(identity.name), \(folder.terms.currency.code)\n\n")
            try await output.write(TextTable(["file", "rows"], rightAligned: [1], rows: rows).text)
        }
        await output.note("nothing is wrong with \(folder)")
    }
}

/// `pooledfund fund load`
struct FundLoad: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Puts a fund's folder on record, or what changed in it since.",
        discussion: """
            The first time all of the folder is recorded, afterwards the difference, each time in one audit event: all or nothing. Where nothing \
            changed there is no event. A changed contribution is a reversal and a new entry. A row that was loaded and is gone is refused: what \
            was on record is corrected, not dropped.

            Makes the database, and its folder, if they are missing. While a server runs, the folder is loaded through it and its pages show it \
            at once.

            EXAMPLE:
              pooledfund fund load Funds/migration-mptf

            EXIT CODES: 0 loaded, or nothing changed; 1 the folder is faulty or the difference refused, and nothing was changed; 64 misuse.
            """
    )
    static let createsDatabase = true

    @Argument(help: ArgumentHelp("The fund's folder; its name is the fund's slug.", valueName: "dir"))
    var folder: String
    @OptionGroup var database: DatabaseOptions

    func checkBeforeCreating(in directory: String, output: any Output) async throws {
        _ = try await FundLoading.read([folder], in: directory, output: output)
    }

    func run(in house: House, output: any Output) async throws {
        for folder in try await FundLoading.read([folder], in: house.directory, output: output) {
            try await FundLoading.load(folder, into: house.office, output: output)
        }
    }
}
