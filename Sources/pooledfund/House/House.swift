internal import ArgumentParser
internal import Foundation
internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications
internal import SQL

/// A command that works on the record: in this process, or in the server that holds the database file.
protocol RecordCommand: ParsableCommand, Sendable {
    var database: DatabaseOptions { get }
    /// Whether a database that is not there is made. A command that only reads makes none.
    static var createsDatabase: Bool { get }
    /// Refuses what can be refused without a database, before one is made.
    func checkBeforeCreating(in directory: String, output: any Output) async throws
    /// The file that the command's document goes to; written by the process that was asked, wherever the command runs.
    var outputFile: String? { get }
    /// Whether the command, where it runs in a process of its own, clears away what it began when that is asked to stop. Others just end.
    static var stopsOnRequest: Bool { get }

    func run(in house: House, output: any Output) async throws
}

extension RecordCommand {
    static var createsDatabase: Bool { false }
    func checkBeforeCreating(in directory: String, output: any Output) async throws {}
    var outputFile: String? { nil }
    static var stopsOnRequest: Bool { false }
}

/// What a command works with: the record behind its one door, and where the person who asked stands.
struct House: Sendable {
    let office: Office
    let say: Catalogue
    let clock: @Sendable () -> Instant
    /// What relative paths in the arguments are relative to.
    let directory: String

    /// The public record of a fund.
    ///
    /// - Throws: `Refusal` if the fund is not on record, or nothing was by that day.
    func record(of fund: String, asOf day: CivilDate?) async throws -> PublicRecord {
        try await office.database.read { try record(of: fund, asOf: day, in: $0) }
    }

    func record(of fund: String, asOf day: CivilDate?, in transaction: any ReadTransaction) throws -> PublicRecord {
        try requireFund(fund)
        guard let record = try PublicRecord.read(fund, asOf: day, now: clock(), in: transaction) else { throw noFund(fund) }
        guard !record.isBeforeFirstRecord else {
            let first = record.earliestDate.map(\.description) ?? "today"
            throw Refusal("there is no record before \(first)", remedy: "give that day or a later one as --as-of")
        }
        return record
    }

    func requireFund(_ fund: String) throws {
        guard office.funds.contains(fund) else { throw noFund(fund) }
    }

    private func noFund(_ fund: String) -> Refusal {
        let funds = office.funds
        guard !funds.isEmpty else {
            return Refusal("there is no fund “\(fund)”, nor any other, on record", remedy: "load one first: pooledfund fund load DIR")
        }
        return Refusal("there is no fund “\(fund)”", remedy: "on record: \(funds.joined(separator: ", "))")
    }
}

/// `--language`.
struct LanguageOption: ParsableArguments {
    @Option(
        name: .customLong("language"),
        help: ArgumentHelp(
            "The language of the document: \(Sentences.languages.map(\.code).joined(separator: ", ")). (default: en)", valueName: "code"),
        transform: known)
    var code: String?

    /// Nil where none was asked for.
    var catalogue: Catalogue? {
        get throws { try Sentences.languages.first { $0.code == code }.map { try Sentences.catalogue($0) } }
    }

    private static func known(_ code: String) throws -> String {
        guard Sentences.languages.contains(where: { $0.code == code }) else {
            throw ValidationError(
                "“\(code)” is no language of the house. There are: \(Sentences.languages.map(\.code).joined(separator: ", ")).")
        }
        return code
    }
}

/// `--as-of`.
struct DayOption: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "The day as of which the record is read. (default: the latest on record that is not after today)", valueName: "date"),
        transform: wholeDay)
    var day: CivilDate?

    private static func wholeDay(_ text: String) throws -> CivilDate {
        do throws(CivilDateError) {
            let date = try CivilDate(parsing: text)
            if date.isComplete { return date }
        } catch {
            throw ValidationError(error.description)
        }
        throw ValidationError("“\(text)” is not a day. Write 2024-01-31.")
    }
}
