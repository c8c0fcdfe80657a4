internal import ArgumentParser
internal import Foundation
internal import PooledFund
internal import Publications
internal import SQLite

/// Gets a command to the record: this process takes the file if it is free, else the server that holds it does the work.
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
        if !location.exists {
            guard type(of: command).createsDatabase else {
                throw Refusal("there is no database at \(location.path)", remedy: "load a fund first: pooledfund fund load DIR")
            }
            try await command.checkBeforeCreating(in: directory, output: output)
            try HeldRecord.makeFolder(of: location)
        }
        let code: ExitCode
        switch try await way(to: location) {
        case .own(let lock):
            code = try await runHere(location, under: lock, output: output)
        case .server(let connection):
            code = try await CommandClient(connection).run(CommandRequest(arguments: arguments, directory: directory), output: output)
        }
        guard code == .success else { throw code }
        try await output.keepFile()
    }

    private enum Way {
        case own(DatabaseFileLock)
        case server(CommandConnection)
    }

    private func way(to location: DatabaseLocation) async throws -> Way {
        let holder = "command “\(Self.name(of: arguments))”, process \(getpid())"
        let start = ContinuousClock.now
        while true {
            do {
                return .own(try DatabaseFileLock(databasePath: location.path, holder: holder))
            } catch let held as DatabaseFileLock.HeldByAnother {
                // No socket: another command holds the file, or a server that is still starting or already stopping.
                if let connection = await CommandClient.connect(to: location.socketPath) { return .server(connection) }
                guard ContinuousClock.now - start < Self.patience else { throw held }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private func runHere(_ location: DatabaseLocation, under lock: DatabaseFileLock, output: TerminalOutput) async throws -> ExitCode {
        let record = try await HeldRecord.open(location, under: lock)
        let house = House(office: record.office, say: try Sentences.catalogue(), clock: Clock.now, directory: directory)
        let code = await Program.outcome(to: output) { try await command.run(in: house, output: output) }
        await record.close(output: output)
        return code
    }

    /// `fund load`, for people.
    static func name(of arguments: [String]) -> String {
        arguments.prefix { !$0.hasPrefix("-") }.prefix(2).joined(separator: " ")
    }
}
