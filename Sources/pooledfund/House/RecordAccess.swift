internal import ArgumentParser
internal import Foundation
internal import PooledFund
internal import Publications
internal import SQL
internal import SQLite

#if PostgreSQL
    internal import PostgreSQL
#endif

/// Gets a command to the record. Of a file this process takes hold if it is free, else the server that holds it does the work; with a
/// PostgreSQL server every command speaks for itself.
struct RecordAccess {
    let command: any RecordCommand
    let arguments: [String]
    let directory: String

    /// How long another command may hold the file before this one gives up.
    private static let patience = Duration.seconds(5)

    /// - Throws: an `ExitCode` if the command has said itself why it failed.
    func run() async throws {
        let output = TerminalOutput(file: command.outputFile.map { absolutePath($0, in: directory) })
        let location = try command.database.location(in: directory)
        let code = await Program.outcome(to: output, on: location.engine) {
            switch location {
            case .file(let file): try await run(on: file, output: output)
            #if PostgreSQL
                case .server(let address): try await run(on: address, output: output)
            #endif
            }
            try await output.keepFile()
        }
        guard code == .success else { throw code }
    }

    #if PostgreSQL
        private func run(on address: PostgreSQLAddress, output: TerminalOutput) async throws {
            let record = try await HeldRecord.open(address) { try await prepareCreating("there is no record in \(address)", output) }
            try await runHere(on: record, engine: .postgresql, output: output)
        }
    #endif

    private func run(on file: DatabaseFile, output: TerminalOutput) async throws {
        if !file.exists {
            try await prepareCreating("there is no database at \(file.path)", output)
            try file.makeFolder()
        }
        switch try await way(to: file) {
        case .own(let lock):
            try await runHere(on: try await HeldRecord.open(file, under: lock), engine: .sqlite, output: output)
        case .server(let connection):
            let code = try await CommandClient(connection).run(
                CommandRequest(arguments: arguments, directory: directory), output: output)
            guard code == .success else { throw code }
        }
    }

    private func prepareCreating(_ missing: String, _ output: TerminalOutput) async throws {
        guard type(of: command).createsDatabase else { throw Refusal(missing, remedy: "load a fund first: pooledfund fund load DIR") }
        try await command.checkBeforeCreating(in: directory, output: output)
    }

    private enum Way {
        case own(DatabaseFileLock)
        case server(CommandConnection)
    }

    private func way(to file: DatabaseFile) async throws -> Way {
        let holder = "command “\(Self.name(of: arguments))”, process \(getpid())"
        let start = ContinuousClock.now
        while true {
            do {
                return .own(try DatabaseFileLock(databasePath: file.path, holder: holder))
            } catch let held as DatabaseFileLock.HeldByAnother {
                // No socket: another command holds the file, or a server that is still starting or already stopping.
                if let connection = await CommandClient.connect(to: file.socketPath) { return .server(connection) }
                guard ContinuousClock.now - start < Self.patience else { throw held }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private func runHere(on record: HeldRecord, engine: Engine, output: TerminalOutput) async throws {
        let say = try Sentences.catalogue()
        let house = House(office: record.office, say: say, clock: Clock.now, directory: directory)
        let code = await Program.outcome(to: output, on: engine) {
            guard type(of: command).stopsOnRequest else { return try await command.run(in: house, output: output) }
            try await cancelledOnRequest { [command] in try await command.run(in: house, output: output) }
        }
        await record.close(output: output)
        guard code == .success else { throw code }
    }

    /// `fund load`, for people.
    static func name(of arguments: [String]) -> String {
        arguments.prefix { !$0.hasPrefix("-") }.prefix(2).joined(separator: " ")
    }
}
