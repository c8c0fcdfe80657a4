import Foundation

/// The SQLite library that the engine itself is linked with, without the engine: what someone with the file and a tool of their own can do to it.
///
/// Neither the `sqlite3` tool nor Python is needed on the machine.
public final class RawSQLite {
    private typealias Open = @convention(c) (UnsafePointer<CChar>, UnsafeMutablePointer<OpaquePointer?>) -> CInt
    private typealias Execute =
        @convention(c) (
            OpaquePointer?, UnsafePointer<CChar>, OpaquePointer?, OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        ) -> CInt
    private typealias Close = @convention(c) (OpaquePointer?) -> CInt

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private var connection: OpaquePointer?

    public init(path: String) throws {
        let open = try Self.function("sqlite3_open", as: Open.self)
        guard open(path, &connection) == 0 else { throw Failure(description: "cannot open \(path)") }
    }

    deinit {
        if let close = try? Self.function("sqlite3_close", as: Close.self) { _ = close(connection) }
    }

    /// Runs any number of statements.
    public func execute(_ sql: String) throws {
        let execute = try Self.function("sqlite3_exec", as: Execute.self)
        var message: UnsafeMutablePointer<CChar>?
        guard execute(connection, sql, nil, nil, &message) == 0 else {
            throw Failure(description: "\(message.map { String(cString: $0) } ?? "?"): \(sql)")
        }
    }

    private static func function<Function>(_ name: String, as _: Function.Type) throws -> Function {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), name) else { throw Failure(description: "\(name) is not linked") }
        return unsafeBitCast(symbol, to: Function.self)
    }
}
