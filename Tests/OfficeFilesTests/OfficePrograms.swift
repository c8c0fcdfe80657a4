import Foundation
import OfficeFiles

/// Files made and read by programs that are not ours, through `office_files.py`.
enum OfficePrograms {
    struct Failure: Error {
        let message: String
    }

    static func makeWorkbook(_ kind: String) throws -> [UInt8] {
        try withFile { file in
            _ = try run(["make-workbook", kind, file.path])
            return Array(try Data(contentsOf: file))
        }
    }

    static func readWorkbook(_ bytes: [UInt8]) throws -> ReadWorkbook {
        try withFile { file in
            try Data(bytes).write(to: file)
            return try JSONDecoder().decode(ReadWorkbook.self, from: run(["read-workbook", file.path]))
        }
    }

    static func readDocument(_ bytes: [UInt8]) throws -> ReadDocument {
        try withFile { file in
            try Data(bytes).write(to: file)
            return try JSONDecoder().decode(ReadDocument.self, from: run(["read-document", file.path]))
        }
    }

    /// What somebody makes of a form.
    static func fill(_ form: [UInt8], _ changes: [Change]) throws -> [UInt8] {
        try withFile { file in
            try Data(form).write(to: file)
            let filled = file.appendingPathExtension("filled")
            defer { try? FileManager.default.removeItem(at: filled) }
            _ = try run(["fill", file.path, filled.path], input: JSONEncoder().encode(changes))
            return Array(try Data(contentsOf: filled))
        }
    }

    struct Change: Encodable {
        let tag: String
        let `do`: String
        var xml: String?
        var keepsPrompt: Bool?

        /// Text as a program writes it: in one run, lines apart by breaks.
        static func write(_ tag: String, _ text: String) -> Change {
            let pieces = text.split(separator: "\n", omittingEmptySubsequences: false).map { "<w:t xml:space=\"preserve\">\($0)</w:t>" }
            return Change(tag: tag, do: "write", xml: "<w:r>\(pieces.joined(separator: "<w:br/>"))</w:r>")
        }

        static func write(_ tag: String, xml: String) -> Change { Change(tag: tag, do: "write", xml: xml) }
    }

    private static func withFile<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("pooledfund-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file)
    }

    private static func run(_ arguments: [String], input: Data = Data()) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["POOLEDFUND_TEST_PYTHON"] ?? "python3"
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("office_files.py")
        process.arguments = [python, script.path] + arguments
        let (output, given) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardInput = given
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: input)
        try given.fileHandleForWriting.close()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(message: "office_files.py failed: POOLEDFUND_TEST_PYTHON names a Python with openpyxl and python-docx")
        }
        return printed
    }
}

/// A workbook as openpyxl reads it.
struct ReadWorkbook: Decodable {
    let title: String
    let created: Int
    let sheets: [Sheet]

    struct Sheet: Decodable {
        let name: String
        let cells: [String: Cell]
        let state: String
        let protected: Bool
        let frozen: String?
        let widths: [String: Int]
        let validations: [[String]]
        let rightToLeft: Bool
    }

    struct Cell: Decodable {
        let value: String
        /// Of a number, the shortest text that gives it.
        let text: String?
        let formula: String?
        let format: String
        let locked: Bool
        let bold: Bool
    }
}

/// A document as python-docx reads it.
struct ReadDocument: Decodable {
    let title: String
    let language: String
    let created: String
    /// Style and text.
    let paragraphs: [[String]]
    let header: String
    let footer: String
    let headerRows: [Bool]
    let rows: [Int]
    let controls: [Control]

    struct Control: Decodable {
        let tag: String
        let name: String
        let text: String
    }
}
