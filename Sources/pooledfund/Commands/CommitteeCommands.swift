internal import ArgumentParser
internal import PooledFund
internal import Publications

/// The form of a document that is printed.
enum DocumentFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, html, pdf

    func bytes(text: String, document: [UInt8]) async throws -> [UInt8] {
        switch self {
        case .text: Array(text.utf8)
        case .html: document
        case .pdf: try await PDFPrinter.print(html: document)
        }
    }
}

/// `pooledfund booklet`
struct BookletCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "booklet",
        abstract: "Writes the booklet of a fund's pipeline.",
        discussion: """
            It holds what the committee took up, subject to funds, and whose proposers agree that it is published. What was withdrawn or has \
            expired is not in it. A PDF is printed by Chromium or WeasyPrint, whichever is installed.

            EXAMPLES:
              pooledfund booklet migration-mptf
              pooledfund booklet migration-mptf --format pdf --output booklet.pdf
              pooledfund booklet migration-mptf --language es

            EXIT CODES: 0 written; 1 refused, such as for a fund that is not on record; 64 misuse.
            """
    )

    @Argument(help: "The fund's slug.")
    var fund: String
    @Option(help: "The form of the booklet.")
    var format: DocumentFormat = .text
    @OptionGroup var language: LanguageOption
    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("The file to write, replaced if it exists. (default: standard output)", valueName: "file"))
    var outputFile: String?
    @OptionGroup var database: DatabaseOptions

    func run(in house: House, output: any Output) async throws {
        let record = try await house.record(of: fund, asOf: nil)
        guard let outcomes = try await house.office.publishedOutcomes(of: fund, asOf: nil, now: house.clock()) else { return }
        let booklet = Booklet(record: record, outcomes: outcomes, say: try language.catalogue ?? house.say)
        try await output.put(try await format.bytes(text: booklet.text(), document: booklet.document()), inFile: outputFile != nil)
    }
}

/// `pooledfund decision`
struct DecisionCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "decision",
        abstract: "Writes the sheet of a decision that is public.",
        discussion: """
            The sheet says what was decided on which version, by the SHA-256 of its content. A PDF is printed by Chromium or WeasyPrint, \
            whichever is installed.

            EXAMPLES:
              pooledfund decision migration-mptf spring-2026 boats --format pdf --output boats.pdf

            EXIT CODES: 0 written; 1 refused, such as for a decision that is not public; 64 misuse.
            """
    )

    @Argument(help: "The fund's slug.")
    var fund: String
    @Argument(help: "The meeting's id.")
    var meeting: String
    @Argument(help: "The proposal's code.")
    var proposal: String
    @Option(help: "The form of the sheet.")
    var format: DocumentFormat = .text
    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("The file to write, replaced if it exists. (default: standard output)", valueName: "file"))
    var outputFile: String?
    @OptionGroup var database: DatabaseOptions

    func run(in house: House, output: any Output) async throws {
        let record = try await house.record(of: fund, asOf: nil)
        let outcomes = try await house.office.publishedOutcomes(of: fund, asOf: nil, now: house.clock())
        guard let outcome = outcomes?.decided(proposal, at: meeting) else {
            throw Refusal("no decision on “\(proposal)” at “\(meeting)” is public", remedy: "look at the list of decisions on the portal")
        }
        let sheet = DecisionSheet(record: record, outcome: outcome, say: house.say)
        try await output.put(try await format.bytes(text: sheet.text(), document: sheet.document()), inFile: outputFile != nil)
    }
}

extension Output {
    /// - Parameter isFile: whether the command was given a file to write.
    fileprivate func put(_ bytes: [UInt8], inFile isFile: Bool) async throws {
        if isFile {
            try await file(bytes)
        } else {
            try await write(bytes)
        }
    }
}
