internal import ArgumentParser
internal import Foundation
internal import PooledFund

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
              POOLEDFUND_DATABASE     The database where --database is not given.

            EXIT CODES:
              0    Done.
              1    Refused, or found wrong: standard error says why and what to do. Nothing on record was changed.
              64   Misuse: the command line was not understood.
            """,
        version: "0.1.0",
        subcommands: [Serve.self, FundCommands.self, BriefCommand.self, LedgerCommands.self, AuditCommands.self]
    )

    static func run(_ arguments: [String]) async -> Int32 {
        let directory = FileManager.default.currentDirectoryPath
        do {
            var command = try parseAsRoot(arguments)
            switch command {
            case let command as any RecordCommand:
                return try await RecordAccess(command: command, arguments: arguments, directory: directory).run()
            case let command as any PlainCommand:
                let output = TerminalOutput()
                let code = await outcome(to: output) { try await command.run(in: directory, output: output) }
                return code.rawValue
            default:
                try command.run()
                return ExitCode.success.rawValue
            }
        } catch {
            return await report(error, to: TerminalOutput()).rawValue
        }
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
