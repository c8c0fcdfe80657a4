internal import ArgumentParser
internal import PooledFund

/// `pooledfund audit`
struct AuditCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verifies the audit chain.",
        subcommands: [AuditVerify.self]
    )
}

/// `pooledfund audit verify`
struct AuditVerify: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes every chain and the digest of every row, and says what does not fit.",
        discussion: """
            Finds each event and row that was altered, removed, inserted or moved. That the last events were removed, or a chain was written anew, \
            only shows beside a head that was published before: give it with --expect. What a fund publishes, such as its brief, carries the head \
            of that day.

            EXAMPLES:
              pooledfund audit verify
              pooledfund audit verify --expect 3:0f1e…64 hexadecimal digits

            EXIT CODES: 0 nothing is wrong; 1 something is, or the record cannot be read; 64 misuse.
            """
    )

    @Option(
        name: .customLong("expect"),
        help: ArgumentHelp("A head that was published; may be given more than once.", valueName: "sequence:hash"),
        transform: { text in
            guard let head = ChainHead(parsing: text) else {
                throw ValidationError("“\(text)” is not a head of a chain: write SEQUENCE:HASH, the hash in 64 hexadecimal digits")
            }
            return head
        })
    var expected: [ChainHead] = []
    @Option(help: "The form of the report.")
    var format: ReportFormat = .text
    @OptionGroup var database: DatabaseOptions

    private struct Report: Encodable {
        struct Head: Encodable {
            let fund: String
            let head: String
        }

        struct Finding: Encodable {
            let fund: String
            let event: Int64?
            let problem: String
        }

        let intact: Bool
        let heads: [Head]
        let events: Int
        let rows: Int
        let findings: [Finding]
    }

    func run(in house: House, output: any Output) async throws {
        let verification = try await verifying { try await AuditVerification.run(on: house.office.database, expecting: expected) }
        let heads = verification.heads.sorted { $0.key < $1.key }
        switch format {
        case .text:
            for (fund, head) in heads { try await output.write("\(fund) \(head)\n") }
            try await output.write("read: events \(verification.eventCount), rows \(verification.rowCount)\n")
            for finding in verification.findings { try await output.write("found: \(finding)\n") }
        case .json:
            try await output.write(
                json: Report(
                    intact: verification.isIntact, heads: heads.map { Report.Head(fund: $0.key, head: $0.value.description) },
                    events: verification.eventCount, rows: verification.rowCount,
                    findings: verification.findings.map { Report.Finding(fund: $0.fund, event: $0.event, problem: $0.problem) }))
        }
        try await output.conclude(findings: verification.findings.count)
    }
}
