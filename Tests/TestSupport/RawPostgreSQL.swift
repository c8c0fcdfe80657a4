#if PostgreSQL
    internal import CPostgreSQL
    public import Foundation

    /// PostgreSQL without the engine: what someone with the rights of its administrator and a tool of their own can do.
    public final class RawPostgreSQL {
        public struct Failure: Error, CustomStringConvertible {
            public let description: String
        }

        /// The cluster that the test command started, by a URL with the right to create databases.
        public static var maintenanceURL: URL? {
            ProcessInfo.processInfo.environment["POOLEDFUND_TEST_POSTGRESQL"].flatMap(URL.init)
        }

        /// The URL of another database of the same cluster.
        public static func url(of database: String) throws -> String {
            guard let maintenanceURL, var parts = URLComponents(url: maintenanceURL, resolvingAgainstBaseURL: false) else {
                throw Failure(description: "POOLEDFUND_TEST_POSTGRESQL is not set: the test command starts a cluster and sets it")
            }
            parts.path = "/\(database)"
            guard let url = parts.string else { throw Failure(description: "“\(database)” makes no URL") }
            return url
        }

        private let connection: OpaquePointer?

        public init(url: String) throws {
            connection = PQconnectdb(url)
            guard PQstatus(connection) == CONNECTION_OK else {
                throw Failure(description: String(cString: PQerrorMessage(connection)))
            }
            PQsetNoticeProcessor(connection, { _, _ in }, nil)
        }

        deinit { PQfinish(connection) }

        /// Runs any number of statements, and gives the first column of the last result as text.
        @discardableResult
        public func execute(_ sql: String) throws -> [String] {
            let result = PQexec(connection, sql)
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
                throw Failure(description: "\(String(cString: PQerrorMessage(connection))): \(sql)")
            }
            return (0..<PQntuples(result)).map { String(cString: PQgetvalue(result, $0, 0)) }
        }
    }
#endif
