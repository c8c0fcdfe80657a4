public import HTML
internal import Hummingbird
internal import HummingbirdCore
public import Ledger
internal import Logging
internal import NIOCore
public import OpenIDConnect
public import PooledFund
public import ServiceLifecycle

/// The web server of an office: its public pages and its data.
public struct Portal: Sendable {
    private let site: Site
    private let configuration: Configuration

    public struct Configuration: Sendable {
        public let host: String
        public let port: Int
        /// Shown on every page, so that nobody takes a demonstration for the fund's own site.
        public let isDemonstration: Bool
        /// Whom people may sign in with; nil for nobody.
        public let provider: PortalProvider?

        public init(host: String, port: Int, isDemonstration: Bool, provider: PortalProvider? = nil) {
            self.host = host
            self.port = port
            self.isDemonstration = isDemonstration
            self.provider = provider
        }
    }

    /// - Parameters:
    ///   - say: the language of whoever asks for none, and of all data.
    ///   - others: the other languages that readers may choose.
    ///   - clock: tells which effective dates have come.
    public init(
        office: Office, say: Catalogue, others: [Catalogue] = [], configuration: Configuration, clock: @escaping @Sendable () -> Instant
    ) throws {
        self.configuration = configuration
        site = Site(
            office: office, say: say, others: others, assets: try Assets(), isDemonstration: configuration.isDemonstration,
            provider: configuration.provider.map(ProviderEntrance.init), clock: clock)
    }

    /// The server, to be run in a service group, which stops it gracefully.
    ///
    /// - Parameter onListening: called with the port once connections are accepted.
    public func service(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) -> any Service {
        Application(
            responder: site,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(Descriptors.raiseLimit(for: Self.connectionLimit))),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "pooledfund.web"))
    }

    private static let connectionLimit = 4_096
}

/// An identity provider that people may sign in with, and where it sends them back to.
public struct PortalProvider: Sendable {
    public let provider: Provider
    /// Of the site, as people type it: `https://fund.example.org`.
    public let publicAddress: String

    public init(provider: Provider, publicAddress: String) {
        self.provider = provider
        self.publicAddress = publicAddress
    }
}
