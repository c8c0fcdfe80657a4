internal import ArgumentParser
internal import Foundation
internal import HTML
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import PooledFund
internal import Publications
internal import SQL
internal import SQLite
internal import ServiceLifecycle
internal import UnixSignals
internal import Web

/// `pooledfund serve`
struct Serve: PlainCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Shows the funds on record to the public.",
        discussion: """
            Loads each --fund folder first, as `fund load` does: all of it or the difference, or nothing if a folder is faulty. Then serves every fund \
            on record, and says where, until it is asked to stop (SIGTERM, or Ctrl-C). Requests under way are answered, for 20 seconds at most.

            The server holds a database file. Every other command does its work through it, over a socket beside the file that only the file's \
            owner may use. A second server on the file is refused. A PostgreSQL database is held by nobody: several servers may show it, and what \
            is changed through one, or by a command, is on the pages of the others within a second. While it cannot be reached, pages that were \
            made before are shown on, with a note of how old they are.

            EXAMPLES:
              pooledfund serve --fund Funds/migration-mptf
              pooledfund serve --database sqlite:/srv/fund/record.sqlite
              pooledfund serve --database postgres://fund@db.example.org/fund --replica postgres://fund@standby.example.org/fund

            EXIT CODES: 0 stopped when asked; 1 refused, or ended by an error; 64 misuse.
            """
    )

    @Option(name: .customLong("fund"), help: ArgumentHelp("A fund's folder to load first; may be given more than once.", valueName: "dir"))
    var folders: [String] = []
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var replica: ReplicaOption
    @Option(
        help: ArgumentHelp("Where to listen. (default: \(ListenAddress.standard.name))", valueName: "host:port"),
        transform: ListenAddress.init(parsing:))
    var address: ListenAddress = .standard
    @Flag(help: "Demonstration: on this machine alone, and every page says so.")
    var demo = false

    /// How long requests and commands under way may take once the server is asked to stop.
    private static let patience = Duration.seconds(20)

    func validate() throws {
        if demo, !address.isLoopback {
            throw ValidationError("a demonstration is for this machine alone: give --address 127.0.0.1:PORT, or leave --demo out")
        }
    }

    func run(in directory: String, output: any Output) async throws {
        let location = try database.location(in: directory)
        let replica = try replica.service(for: location, output: output)
        let outcome = await Program.outcome(to: output, on: location.engine) {
            let funds = try await FundLoading.read(folders, in: directory, output: output)
            switch location {
            case .file(let file):
                try file.makeFolder()
                let lock = try DatabaseFileLock(databasePath: file.path, holder: "server at \(address.url), process \(getpid())")
                // Whatever can keep the server from serving is found out before a folder is loaded: a command that fails changes no record.
                let socketPath = try CommandSocket.checked(file.socketPath)
                try await refusingBadAddress { try await tryAddress() }
                let record = try await HeldRecord.open(file, under: lock)
                try await serve(record, funds, engine: .sqlite, replica: replica, output: output) { office, say in
                    [CommandSocket(path: socketPath) { House(office: office, say: say, clock: Clock.now, directory: $0) }]
                }
            #if PostgreSQL
                case .server(let server):
                    try await refusingBadAddress { try await tryAddress() }
                    let record = try await HeldRecord.open(server, beforeCreating: {})
                    try await serve(record, funds, engine: .postgresql, replica: replica, output: output) { office, _ in
                        [RecordFollowing(office: office)]
                    }
            #endif
            }
        }
        if outcome != .success { throw outcome }
    }

    /// Loads the folders and serves the record until the server is asked to stop, then gives it free.
    ///
    /// - Parameter services: what runs beside the portal.
    private func serve(
        _ record: HeldRecord, _ funds: [FundFolder], engine: Engine, replica: (@Sendable (Office) -> any Service)?, output: any Output,
        beside services: (Office, Catalogue) -> [any Service]
    ) async throws {
        let outcome = await Program.outcome(to: output, on: engine) {
            for fund in funds { try await FundLoading.load(fund, into: record.office, output: output) }
            let say = try Sentences.catalogue()
            let replicas = replica.map { [$0(record.office)] } ?? []
            try await serve(record.office, say, beside: services(record.office, say) + replicas, output: output)
        }
        await record.close(output: output)
        if outcome != .success { throw outcome }
    }

    private func serve(_ office: Office, _ say: Catalogue, beside services: [any Service], output: any Output) async throws {
        let portal = try Portal(
            office: office, say: say, configuration: .init(host: address.host, port: address.port, isDemonstration: demo), clock: Clock.now)
        let site = portal.service { _ in
            // Nobody may be reading, and the server is no worse for it.
            try? await output.write("\(address.url)/\n")
        }
        var configuration = ServiceGroupConfiguration(
            services: services + [site], gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "pooledfund"))
        configuration.maximumGracefulShutdownDuration = Self.patience
        let funds = office.funds.joined(separator: ", ")
        await output.note(funds.isEmpty ? "no fund is on record yet: pooledfund fund load DIR" : "on record: \(funds)")
        let group = ServiceGroup(configuration: configuration)
        try await refusingBadAddress { try await group.run() }
    }

    /// Listens for a moment.
    private func tryAddress() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // A connection that was accepted would outlive the listening, and whoever opened it would wait for an answer in vain.
            // Not accepted, it is reset.
            .serverChannelOption(.autoRead, value: false)
            .bind(host: address.host, port: address.port).get()
        try await channel.close()
    }

    private func refusingBadAddress(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Refusal("another program listens at \(address.name)", remedy: "stop it, or give another --address")
        } catch let error as SocketAddressError.UnknownHost {
            throw Refusal("“\(error.host)” is no host that this machine knows", remedy: "give another --address")
        } catch let error as IOError where error.errnoCode == EADDRNOTAVAIL || error.errnoCode == EACCES {
            throw Refusal("\(address.name) cannot be listened at: \(error)", remedy: "give another --address")
        }
    }
}
