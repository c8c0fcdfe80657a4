import Foundation

/// What html5lib, a parser made from the HTML standard, makes of a page, and what it finds wrong with it.
struct ParsedPage: Decodable {
    /// An element in the order of its start tag, with its attributes and all the text within it.
    struct Element: Decodable {
        let name: String
        let attributes: [String: String]
        let text: String
    }

    let errors: [String]
    let elements: [Element]

    init(_ page: [UInt8]) throws {
        let folder = try ScratchFolder()
        let pageFile = folder.url.appendingPathComponent("page.html")
        try Data(page).write(to: pageFile)
        let python = ProcessInfo.processInfo.environment["POOLEDFUND_TEST_PYTHON"] ?? "python3"
        let output = try Tool.run("/usr/bin/env", [python, "-c", Self.script, pageFile.path])
        self = try JSONDecoder().decode(ParsedPage.self, from: output)
    }

    private static let script = """
        import json, sys
        try:
            import html5lib
        except ImportError:
            sys.exit('html5lib is missing: run make test, which sets POOLEDFUND_TEST_PYTHON to a Python that has it')
        parser = html5lib.HTMLParser()
        root = parser.parse(open(sys.argv[1], 'rb').read().decode('utf-8'))
        local = lambda name: name.rsplit('}', 1)[-1]
        elements = [
            {'name': local(element.tag), 'attributes': {local(k): v for k, v in element.attrib.items()}, 'text': ''.join(element.itertext())}
            for element in root.iter() if isinstance(element.tag, str)]
        json.dump({'errors': [str(error) for error in parser.errors], 'elements': elements}, sys.stdout)
        """
}

/// A folder of its own, gone with the value that refers to it.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("publications-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}

/// A program that `make test` installs.
enum Tool {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static func run(_ path: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(path) \(arguments.first ?? "") ended with \(process.terminationStatus)")
        }
        return data
    }
}
