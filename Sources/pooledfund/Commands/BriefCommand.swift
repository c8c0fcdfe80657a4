internal import ArgumentParser
internal import PooledFund
internal import Publications

/// `pooledfund brief`
struct BriefCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "brief",
        abstract: "Writes a fund's brief from its record.",
        discussion: """
            Every figure in the brief is computed from what is on record as of the day, and the audit chain's head is printed on it. A PDF is \
            printed by Chromium or WeasyPrint, whichever is installed.

            EXAMPLES:
              pooledfund brief migration-mptf
              pooledfund brief migration-mptf --as-of 2024-01-31
              pooledfund brief migration-mptf --format pdf --output brief.pdf
              pooledfund brief migration-mptf --language fr

            EXIT CODES: 0 written; 1 refused, such as for a fund that is not on record; 64 misuse.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
        case text, html, pdf
    }

    @Argument(help: "The fund's slug.")
    var fund: String
    @OptionGroup var asOf: DayOption
    @Option(help: "The form of the brief.")
    var format: Format = .text
    @OptionGroup var language: LanguageOption
    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("The file to write, replaced if it exists. (default: standard output)", valueName: "file"))
    var outputFile: String?
    @OptionGroup var database: DatabaseOptions

    func run(in house: House, output: any Output) async throws {
        let brief = Brief(record: try await house.record(of: fund, asOf: asOf.day), say: try language.catalogue ?? house.say)
        let bytes =
            switch format {
            case .text: Array(brief.text().utf8)
            case .html: brief.document()
            case .pdf: try await PDFPrinter.print(html: brief.document())
            }
        if outputFile == nil {
            try await output.write(bytes)
        } else {
            try await output.file(bytes)
        }
    }
}
