import Foundation
import Testing

/// A server of Python on loopback, run by the interpreter at `POOLEDFUND_TEST_PYTHON`; it ends with the test.
final class ServerOfTest: Sendable {
    let port: Int
    private let process: Process
    private let input = Pipe()
    private let output = Pipe()

    struct Failure: Error {
        let message: String
    }

    private struct Start: Decodable {
        let port: Int
    }

    init(_ script: String, _ arguments: [String] = []) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["POOLEDFUND_TEST_PYTHON"] ?? "python3"
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(script)
        process.arguments = [python, file.path] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        guard let line = Self.line(of: output) else {
            throw Failure(
                message:
                    "\(script) did not start: POOLEDFUND_TEST_PYTHON names a Python with the packages of Tests/Browser/requirements.txt")
        }
        port = try JSONDecoder().decode(Start.self, from: line).port
    }

    /// The next line that it prints; waits for it.
    func next<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: #require(Self.line(of: output)))
    }

    private static func line(of pipe: Pipe) -> Data? {
        var line = Data()
        while let byte = try? pipe.fileHandleForReading.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return line }
            line.append(first)
        }
        return nil
    }

    deinit {
        try? input.fileHandleForWriting.close()
        // Not by the end of its input alone: a process that another test started at the same moment may hold that open. Nor is it waited for here, on a
        // thread that other tests need.
        process.terminate()
    }
}

/// A message as the mail server of the tests got it.
struct DeliveredMessage: Decodable {
    let from: String
    let to: [String]
    let content: Data
    let isEncrypted: Bool
    let user: String?
}
