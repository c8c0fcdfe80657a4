#if PostgreSQL
    internal import CPostgreSQL
    internal import Foundation
    internal import SQL

    /// Where a PostgreSQL database is: a connection URL, as libpq reads it.
    ///
    /// Several hosts may be given (`postgres://a,b/fund`): the first that answers and plays the part that is asked for is taken. Whatever the URL leaves
    /// open is taken from libpq's environment (`PGPASSFILE`, `PGSSLMODE`, …).
    public struct PostgreSQLAddress: Sendable, Hashable, CustomStringConvertible {
        /// With the password, if it holds one: never shown.
        let url: String
        /// Who, where and which database; never a password.
        public let description: String
        /// Whether nothing leaves this machine, or the address says itself what is asked of TLS.
        let choosesOwnSecurity: Bool

        /// - Throws: `DatabaseError.other` that says what libpq cannot read, never the text itself: it may hold a password.
        public init(_ url: String) throws {
            var message: UnsafeMutablePointer<CChar>?
            guard let options = PQconninfoParse(url, &message) else {
                defer { PQfreemem(message) }
                throw DatabaseError.other("the PostgreSQL address cannot be read")
            }
            defer { PQconninfoFree(options) }
            guard Self.isUnambiguous(url) else {
                throw DatabaseError.other("the PostgreSQL address cannot be read: an @ or / within it is written %40 or %2F")
            }
            var values: [String: String] = [:]
            var option = options
            while let keyword = option.pointee.keyword {
                if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
                option += 1
            }
            self.url = url
            let user = values["user"].map { "\($0)@" } ?? ""
            let environment = ProcessInfo.processInfo.environment
            let named = values["host"] ?? values["hostaddr"] ?? environment["PGHOST"] ?? environment["PGHOSTADDR"] ?? "localhost"
            let hosts = named.split(separator: ",", omittingEmptySubsequences: false)
            // An empty host and one that begins with a slash are sockets of this machine.
            let isLoopback = hosts.allSatisfy { $0.isEmpty || $0.hasPrefix("/") || ["localhost", "127.0.0.1", "::1"].contains($0) }
            choosesOwnSecurity = isLoopback || values["sslmode"] != nil || environment["PGSSLMODE"] != nil
            let ports = (values["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
            let places = hosts.enumerated().map { index, host in
                let port = ports.isEmpty ? "" : ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
                return port.isEmpty ? String(host) : "\(host):\(port)"
            }
            description = "postgres://\(user)\(places.joined(separator: ","))/\(values["dbname"] ?? values["user"] ?? "")"
        }

        /// Whether what stands before the `@` is all of the user and the password. libpq ends them at the first `@` or `/`, and would take the rest of a
        /// password for a host, which is shown.
        private static func isUnambiguous(_ url: String) -> Bool {
            guard let scheme = url.firstRange(of: "://") else { return false }
            var rest = url[scheme.upperBound...]
            let first = rest.firstIndex { $0 == "@" || $0 == "/" }
            if let first, rest[first] == "@" { rest = rest[first...].dropFirst() }
            // Behind a question mark are options, where it stands for itself.
            return !rest.prefix { $0 != "?" }.contains("@")
        }
    }
#endif
