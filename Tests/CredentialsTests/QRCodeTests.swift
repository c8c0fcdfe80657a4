import Credentials
import Foundation
import Testing

@Suite("The QR code")
struct QRCodeTests {
    @Test(
        "A reader reads back what was written",
        arguments: [
            "x", "https://fund.example/join/abc",
            "otpauth://totp/River%20Towns:treasurer%40wells.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=River%20Towns&algorithm=SHA1&digits=6&period=30",
            String(repeating: "0123456789abcdef", count: 64),
        ])
    func readBack(text: String) throws {
        let code = try #require(QRCode(text))
        #expect(try QRReader.text(in: code) == text)
    }

    @Test("An empty text and one of more than 1,024 bytes are refused")
    func limits() {
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "x", count: 1_025)) == nil)
        #expect(QRCode(String(repeating: "x", count: 10_000_000)) == nil)
    }

    @Test("The square has its finder at the corner, and is light beyond its edges")
    func square() throws {
        let code = try #require(QRCode("x"))
        #expect(code.size == 21)
        #expect((0..<7).allSatisfy { code[0, $0] && code[$0, 0] })
        #expect(!code[0, 7] && !code[1, 1] && code[2, 2])
        #expect(!code[-1, 0] && !code[0, -1] && !code[21, 0] && !code[0, 21])
    }
}

/// zbarimg, of Debian's zbar-tools: the reader that many cameras have.
private enum QRReader {
    struct Failure: Error {
        let message: String
    }

    static func text(in code: QRCode) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let picture = folder.appendingPathComponent("code.pbm")
        try Data(bitmap(of: code).utf8).write(to: picture)

        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", picture.path]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let read = output.fileHandleForReading.readDataToEndOfFile()
        let message = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: String(decoding: message, as: UTF8.self)) }
        return String(decoding: read.dropLast(), as: UTF8.self)
    }

    /// A plain PBM picture: 1 is dark, four pixels a module, four modules of margin.
    private static func bitmap(of code: QRCode) -> String {
        let (scale, margin) = (4, 4)
        let side = (code.size + 2 * margin) * scale
        let rows = (0..<side).map { row in
            (0..<side).map { column in code[row / scale - margin, column / scale - margin] ? "1" : "0" }.joined(separator: " ")
        }
        return "P1\n\(side) \(side)\n" + rows.joined(separator: "\n") + "\n"
    }
}
