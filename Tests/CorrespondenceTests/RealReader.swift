import Foundation

/// What a real reader of mail makes of a message: the one of Python's own library, by the interpreter at `POOLEDFUND_TEST_PYTHON` (or
/// `python3`).
struct RealReader: Decodable {
    let subject: String
    /// Names and addresses.
    let from: [[String]]
    let to: [[String]]
    /// Its lines end with LF.
    let body: String

    struct Failure: Error {
        let message: String
    }

    static func read(_ message: [UInt8]) throws -> RealReader {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("pooledfund-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(message).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [ProcessInfo.processInfo.environment["POOLEDFUND_TEST_PYTHON"] ?? "python3", "-c", script, file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: "the reader of mail ended with \(process.terminationStatus)") }
        return try JSONDecoder().decode(RealReader.self, from: printed)
    }

    private static let script = """
        import email, email.header, email.policy, email.utils, json, sys

        message = email.message_from_bytes(open(sys.argv[1], 'rb').read(), policy=email.policy.default)
        assert not message.defects, message.defects
        # Its newer parser of names leaves a space between two encoded words; the older one does not.
        raw = email.message_from_bytes(open(sys.argv[1], 'rb').read())
        decode = lambda name: str(email.header.make_header(email.header.decode_header(name))) if '=?' in name else name
        people = lambda name: [[decode(person), address] for person, address in email.utils.getaddresses([raw[name]])]
        body = message.get_payload(decode=True).decode('utf-8').replace('\\r\\n', '\\n')
        print(json.dumps(dict(subject=str(message['Subject']), **{'from': people('From')}, to=people('To'), body=body)))
        """
}
