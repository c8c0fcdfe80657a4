internal import ArgumentParser
internal import Foundation
internal import PooledFund
internal import SQL

/// The command line, from the arguments to the exit code.
struct Program: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pooledfund",
        abstract: "Runs a pooled fund in the open: its records, its ledger, its public portal.",
        discussion: """
            A fund is a folder of Terms, records and texts. Loading it puts it on record in the database; `serve` shows what is on record to \
            the public. One process holds a database file: while a server runs, every other command does its work through that server.

            EXAMPLES:
              pooledfund serve --fund Funds/migration-mptf
              pooledfund fund check Funds/migration-mptf
              pooledfund ledger balances migration-mptf --format json

            ENVIRONMENT:
              POOLEDFUND_DATABASE  The database where --database is not given.

            EXIT CODES:
              0   Done.
              1   Refused or found wrong, with why and what to do. Nothing changed.
              64  Misuse: the command line was not understood.
            """,
        version: "0.1.0",
        subcommands: [Serve.self, FundCommands.self, BriefCommand.self, LedgerCommands.self, AuditCommands.self]
    )

    static func run(_ arguments: [String]) async -> Int32 {
        let directory = FileManager.default.currentDirectoryPath
        let output = TerminalOutput()
        return await outcome(to: output) {
            var command = try parseAsRoot(arguments)
            switch command {
            case let command as any RecordCommand:
                try await RecordAccess(command: command, arguments: arguments, directory: directory).run()
            case let command as any PlainCommand:
                try await command.run(in: directory, output: output)
            default:
                try command.run()
            }
        }.rawValue
    }

    /// Runs `body`, says why if it fails, and gives the exit code.
    static func outcome(to output: any Output, _ body: () async throws -> Void) async -> ExitCode {
        do {
            try await body()
            return .success
        } catch {
            return await report(error, to: output)
        }
    }

    /// Says what went wrong, in the parser's form where the command line is at fault.
    static func report(_ error: any Error, to output: any Output) async -> ExitCode {
        switch error {
        case let code as ExitCode:
            return code
        case is ReaderLeft:
            return .failure
        case is Refusal, is Faults:
            await output.note("pooledfund: \(error)")
            return .failure
        case let error as DatabaseError:
            await output.note("pooledfund: \(error)\(error.remedy.map { "; \($0)" } ?? "")")
            return .failure
        default:
            break
        }
        let code = exitCode(for: error)
        switch code {
        case .success:
            let text = fullMessage(for: error)
            do { try await output.write(text + "\n") } catch { return .failure }
        case .validationFailure:
            await output.note(fullMessage(for: error))
        default:
            await output.note("pooledfund: \(error)")
        }
        return code
    }
}

/// A command that needs no database.
protocol PlainCommand: ParsableCommand, Sendable {
    /// - Parameter directory: what relative paths are relative to.
    func run(in directory: String, output: any Output) async throws
}

extension DatabaseError {
    fileprivate var remedy: String? {
        switch self {
        case .full: "make room, then give the command again"
        case .damaged: "keep the file as it is, and put a copy from before in its place"
        case .unavailable: "check that it is a file, and that you may read and write it and its folder"
        case .outcomeUnknown: "look at the record, then give the command again: what is on record already is not recorded twice"
        case .unknownSchema: "check --database"
        case .alreadyExists, .missingReference, .invalidValue, .refused, .other: nil
        }
    }
}
