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
            the public. One process holds a database file: while a server runs, every other command does its work through that server. A \
            PostgreSQL database is open to many servers and commands at once.

            EXAMPLES:
              pooledfund serve --fund Funds/migration-mptf
              pooledfund fund check Funds/migration-mptf
              pooledfund ledger balances migration-mptf --format json

            ENVIRONMENT:
              POOLEDFUND_DATABASE  The database where --database is not given: \(DatabaseLocation.forms).
              POOLEDFUND_REPLICA   The replica where `serve` is not given --replica.
              POOLEDFUND_MAIL      How `serve` sends mail: smtp://HOST, smtps://HOST or sendmail:PATH. Without it mail waits.
              POOLEDFUND_MAIL_FROM Whom mail is from, such as Fund Office <office@example.org>.
              POOLEDFUND_PUBLIC_ADDRESS
                                   Where the public finds the server: https://HOST. Links in mails begin with it.
              POOLEDFUND_OPENID_ISSUER, POOLEDFUND_OPENID_CLIENT, POOLEDFUND_OPENID_SECRET, POOLEDFUND_OPENID_NAME
                                   The identity provider that people may sign in with. The secret is not shown or logged.
              PGPASSFILE, PGSSLMODE, PGSSLROOTCERT and the others of libpq
                                   What a PostgreSQL address leaves open. A password belongs into a file (PGPASSFILE) or into the environment,
                                   never on the command line, which every user of the machine can read. It is not shown or logged.

            EXIT CODES:
              0   Done.
              1   Refused or found wrong, with why and what to do. Nothing changed.
              64  Misuse: the command line was not understood.
            """,
        version: "0.1.0",
        subcommands: [
            Serve.self, FundCommands.self, BriefCommand.self, BookletCommand.self, DecisionCommand.self, LedgerCommands.self,
            AuditCommands.self, PeopleCommands.self,
            BackupCommand.self,
            RestoreCommand.self, SolveSlatesCommand.self,
        ]
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
    ///
    /// - Parameter engine: what `body` works on; what to do about an error depends on it.
    static func outcome(to output: any Output, on engine: Engine = .sqlite, _ body: () async throws -> Void) async -> ExitCode {
        do {
            try await body()
            return .success
        } catch {
            return await report(error, on: engine, to: output)
        }
    }

    /// Says what went wrong, in the parser's form where the command line is at fault.
    static func report(_ error: any Error, on engine: Engine, to output: any Output) async -> ExitCode {
        switch error {
        case let code as ExitCode:
            return code
        case is ReaderLeft:
            return .failure
        case is Refusal, is Faults:
            await output.note("pooledfund: \(error)")
            return .failure
        case let error as DatabaseError:
            await output.note("pooledfund: \(error)\(error.remedy(on: engine).map { "; \($0)" } ?? "")")
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
            await output.note(withoutPasswords(fullMessage(for: error)))
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
    fileprivate func remedy(on engine: Engine) -> String? {
        switch (self, engine) {
        case (.full, .sqlite): "make room, then give the command again"
        case (.full, .postgresql): "make room where the database server keeps its data, then give the command again"
        case (.damaged, .sqlite): "keep the file as it is, and put a copy from before in its place"
        case (.damaged, .postgresql): "stop the servers, keep the data as they are, and restore a backup into another database"
        case (.unavailable, .sqlite): "check that it is a file, and that you may read and write it and its folder"
        case (.unavailable, .postgresql):
            "check that the PostgreSQL server runs, that this machine can reach it and that it lets you in, then give the command again"
        case (.outcomeUnknown, _): "look at the record, then give the command again: what is on record already is not recorded twice"
        case (.unknownSchema, _): "check --database"
        case (.alreadyExists, _), (.missingReference, _), (.invalidValue, _), (.refused, _), (.other, _): nil
        }
    }
}

/// The text with `…` for the password in every address of a server.
func withoutPasswords(_ text: String) -> String {
    var rest = text[...]
    var shown = ""
    while let range = rest.range(of: "://") {
        shown += rest[..<range.upperBound]
        rest = rest[range.upperBound...]
        let address = rest.prefix { !$0.isWhitespace }
        guard let end = address.lastIndex(of: "@"), let colon = address[..<end].firstIndex(of: ":") else { continue }
        shown += "\(address[..<colon]):…"
        rest = rest[end...]
    }
    return shown + rest
}
