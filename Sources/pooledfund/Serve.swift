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

            Mail to people is sent while the server runs, if the environment says how: POOLEDFUND_MAIL (smtp://HOST, smtps://HOST or \
            sendmail:PATH), POOLEDFUND_MAIL_FROM (whom it is from) and POOLEDFUND_PUBLIC_ADDRESS (https://…, where links in it lead). Else it \
            waits.

            People may sign in with an identity provider (OpenID Connect) if the environment names one: POOLEDFUND_OPENID_ISSUER, \
            POOLEDFUND_OPENID_CLIENT, POOLEDFUND_OPENID_SECRET, POOLEDFUND_OPENID_NAME, and POOLEDFUND_PUBLIC_ADDRESS, to which it sends them back.

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
    @Flag(help: "Demonstration: on this machine alone, every page says so, and anybody goes in as any role without a password.")
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
            let outside = try Outside(
                replica: replica, mail: demo ? nil : MailSetting(), provider: ProviderSetting.read(listeningAt: address))
            let funds = try await FundLoading.read(folders, in: directory, output: output)
            switch location {
            case .file(let file):
                try file.makeFolder()
                let lock = try DatabaseFileLock(databasePath: file.path, holder: "server at \(address.url), process \(getpid())")
                // Whatever can keep the server from serving is found out before a folder is loaded: a command that fails changes no record.
                let socketPath = try CommandSocket.checked(file.socketPath)
                try await refusingBadAddress { try await tryAddress() }
                let record = try await HeldRecord.open(file, under: lock)
                try await serve(record, funds, engine: .sqlite, outside: outside, output: output) { office, say in
                    [CommandSocket(path: socketPath) { House(office: office, say: say, clock: Clock.now, directory: $0) }]
                }
            #if PostgreSQL
                case .server(let server):
                    try await refusingBadAddress { try await tryAddress() }
                    let record = try await HeldRecord.open(server, beforeCreating: {})
                    try await serve(record, funds, engine: .postgresql, outside: outside, output: output) { office, _ in
                        [RecordFollowing(office: office)]
                    }
            #endif
            }
        }
        if outcome != .success { throw outcome }
    }

    /// What else the server speaks with.
    private struct Outside {
        let replica: (@Sendable (Office) -> any Service)?
        let mail: MailSetting?
        let provider: PortalProvider?
    }

    /// Loads the folders and serves the record until the server is asked to stop, then gives it free.
    ///
    /// - Parameter services: what runs beside the portal.
    private func serve(
        _ record: HeldRecord, _ funds: [FundFolder], engine: Engine, outside: Outside, output: any Output,
        beside services: (Office, Catalogue) -> [any Service]
    ) async throws {
        let outcome = await Program.outcome(to: output, on: engine) {
            // Before anything is recorded: a demonstration's record and a fund's own are never mixed.
            try await record.office.requireMark(isDemonstration: demo)
            for fund in funds { try await FundLoading.load(fund, into: record.office, output: output) }
            let say = try Sentences.catalogue()
            if demo { try await openDemonstration(record.office, say) }
            let replicas = outside.replica.map { [$0(record.office)] } ?? []
            let outboxes = try outside.mail.map { [try $0.service(record.office, say)] } ?? []
            await output.note(outside.mail?.note ?? MailSetting.absence)
            try await serve(
                record.office, say, outside.provider, beside: services(record.office, say) + replicas + outboxes, output: output)
        }
        await record.close(output: output)
        if outcome != .success { throw outcome }
    }

    /// Puts a ready account for each role on record, in each fund.
    private func openDemonstration(_ office: Office, _ say: Catalogue) async throws {
        let names = Dictionary(
            uniqueKeysWithValues: Role.allCases.map { role in
                (role, say("demonstration.account", ["role": .text(say("role.\(role.rawValue)"))]))
            })
        for fund in office.funds { _ = try await office.perform(OpenDemonstration(fund: fund, names: names), by: .machineOperator) }
    }

    private func serve(
        _ office: Office, _ say: Catalogue, _ provider: PortalProvider?, beside services: [any Service], output: any Output
    ) async throws {
        let portal = try Portal(
            office: office, say: say, others: try Sentences.otherCatalogues(),
            configuration: .init(host: address.host, port: address.port, isDemonstration: demo, provider: provider), clock: Clock.now)
        let site = portal.service { _ in
            // Nobody may be reading, and the server is no worse for it.
            try? await output.write("\(address.url)/\n")
        }
        var configuration = ServiceGroupConfiguration(
            services: services + [RegularWork.traceRetention(office), RegularWork.reminders(office), site],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "pooledfund"))
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
