internal import Credentials
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// What the server knows of a request besides the request: who is at the other end of the connection.
struct PortalRequestContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}

/// Where a request comes from, for counting attempts; it is neither logged nor kept.
enum ClientAddress {
    /// - Parameters:
    ///   - peer: the address at the other end of the connection.
    ///   - forwardedFor: the values of `X-Forwarded-For`, which count only if a proxy on this machine has written them. It adds the
    ///     address that it saw at the end; what stands before could be anybody's invention.
    static func prefix(peer: String?, forwardedFor: [String]) -> AddressPrefix {
        guard let peer else { return AddressPrefix("") }
        guard isLoopback(peer), let last = forwardedFor.last?.split(separator: ",").last else { return AddressPrefix(peer) }
        let client = String(decoding: last.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }, as: UTF8.self)
        return AddressPrefix(client)
    }

    static func prefix(of request: Request, peer: String?) -> AddressPrefix {
        prefix(peer: peer, forwardedFor: forwarded.map { request.headers[values: $0] } ?? [])
    }

    private static let forwarded = HTTPField.Name("X-Forwarded-For")

    private static func isLoopback(_ address: String) -> Bool {
        address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }
}
