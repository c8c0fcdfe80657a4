internal import ArgumentParser
internal import Ledger
internal import PooledFund
internal import Publications
internal import SQL

/// `pooledfund ledger`
struct LedgerCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Shows a fund's ledger, or verifies it.",
        subcommands: [LedgerBalances.self, LedgerEntries.self, LedgerVerify.self]
    )
}

/// `pooledfund ledger balances`
struct LedgerBalances: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "balances",
        abstract: "Shows what stands on each account.",
        discussion: """
            Each balance is in the account's normal side, from every entry that takes effect on or before the day. An account that nothing was \
            posted to is not shown.

            EXAMPLE:
              pooledfund ledger balances migration-mptf --as-of 2024-01-31 --format json

            EXIT CODES: 0 shown; 1 refused; 64 misuse.
            """
    )

    @Argument(help: "The fund's slug.")
    var fund: String
    @OptionGroup var asOf: DayOption
    @Option(help: "The form of the list.")
    var format: ListFormat = .text
    @OptionGroup var database: DatabaseOptions

    private struct Line: Encodable {
        let account: String
        let balance: MoneyJSON
    }

    private struct Page: Encodable {
        let fund: String
        let asOf: String
        let auditHead: String
        let items: [Line]
    }

    func run(in house: House, output: any Output) async throws {
        let record = try await house.record(of: fund, asOf: asOf.day)
        let wording = Wording(house.say)
        switch format {
        case .text:
            let rows = record.balances.map { [wording.account($0.account), $0.balance.currency.code, wording.amount($0.balance)] }
            try await output.write(TextTable(["account", "currency", "balance"], rightAligned: [2], rows: rows).text)
            await output.note("as of \(record.asOf), audit event \(record.head)")
        case .json:
            let lines = record.balances.map { Line(account: $0.account.rawValue, balance: MoneyJSON($0.balance)) }
            try await output.write(json: Page(fund: fund, asOf: record.asOf.description, auditHead: record.head.description, items: lines))
        case .csv:
            let rows: [[CSVField]] = record.balances.map { account, balance in
                [.text(account.rawValue), .number(balance.plainDecimal), .text(balance.currency.code)]
            }
            try await output.write(csvLines([["account", "balance", "currency"]] + rows))
        }
    }
}

/// `pooledfund ledger entries`
struct LedgerEntries: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "entries",
        abstract: "Shows the entries behind a balance.",
        discussion: """
            One line an entry that touches the account, in the order of the days on which they take effect; the amounts add up to the account's \
            balance. A correction is a reversal: it names the entry that it reverses.

            EXAMPLES:
              pooledfund ledger entries migration-mptf --format csv
              pooledfund ledger entries migration-mptf --contributor germany

            EXIT CODES: 0 shown; 1 refused; 64 misuse.
            """
    )

    @Argument(help: "The fund's slug.")
    var fund: String
    @Option(
        help: ArgumentHelp("The account: \(Account.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "account"),
        transform: account)
    var account: Account = .contributions
    @Option(help: ArgumentHelp("Only the entries of this contributor.", valueName: "id"))
    var contributor: String?
    @OptionGroup var asOf: DayOption
    @Option(help: "The form of the list.")
    var format: ListFormat = .text
    @OptionGroup var database: DatabaseOptions

    private static func account(named name: String) throws -> Account {
        guard let account = Account(rawValue: name) else {
            throw ValidationError("there is no account “\(name)”: write \(Account.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return account
    }

    /// How many lines are read at a time, so that a long ledger is never held whole.
    private static let pageSize = 1_000

    func run(in house: House, output: any Output) async throws {
        let record = try await house.record(of: fund, asOf: asOf.day)
        if let contributor, record.contributor(contributor) == nil {
            throw Refusal("there is no contributor “\(contributor)”", remedy: "pooledfund ledger entries \(fund) lists them")
        }
        let filter = LedgerFilter(account: account, contributor: contributor)
        var listing = EntryListing(record: record, wording: Wording(house.say), format: format, output: output)
        try await listing.begin()
        var cursor: LedgerCursor?
        repeat {
            let after = cursor
            let lines = try await house.office.database.read { transaction in
                try record.ledgerLines(filter, after: after, limit: Self.pageSize, in: transaction)
            }
            try await listing.add(lines)
            cursor = lines.count == Self.pageSize ? lines.last?.cursor : nil
        } while cursor != nil
        try await listing.end()
    }
}

/// `pooledfund ledger verify`
struct LedgerVerify: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes a fund's ledger and says what does not fit.",
        discussion: """
            Every entry must be balanced and well formed, every reversal exact, and every row as its audit event recorded it.

            EXAMPLE:
              pooledfund ledger verify migration-mptf

            EXIT CODES: 0 nothing is wrong; 1 something is, or the ledger cannot be read; 64 misuse.
            """
    )

    @Argument(help: "The fund's slug.")
    var fund: String
    @Option(help: "The form of the report.")
    var format: ReportFormat = .text
    @OptionGroup var database: DatabaseOptions

    private struct Report: Encodable {
        let fund: String
        let intact: Bool
        let entries: Int
        let total: MoneyJSON
        let findings: [String]
    }

    func run(in house: House, output: any Output) async throws {
        try house.requireFund(fund)
        let verification = try await verifying { try await LedgerVerification.run(on: fund, database: house.office.database) }
        switch format {
        case .text:
            let total = Wording(house.say).money(verification.total)
            try await output.write("\(fund), read: entries \(verification.entryCount), \(total) debited and credited\n")
            for finding in verification.findings { try await output.write("found: \(finding)\n") }
        case .json:
            try await output.write(
                json: Report(
                    fund: fund, intact: verification.isIntact, entries: verification.entryCount, total: MoneyJSON(verification.total),
                    findings: verification.findings))
        }
        try await output.conclude(findings: verification.findings.count)
    }
}
