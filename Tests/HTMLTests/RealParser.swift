import Foundation

/// What a real HTML parser makes of a page: html5lib if the Python at `POOLEDFUND_TEST_PYTHON` (or `python3`) has it, else Python's own.
struct RealParser {
    /// An element in the order of its start tag, with its attributes and all the text within it.
    struct ParsedElement: Decodable, Equatable {
        let name: String
        let attributes: [String: String]
        let text: String
    }

    struct Failure: Error {
        let message: String
    }

    static func elements(of page: [UInt8]) throws -> [ParsedElement] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pageFile = folder.appendingPathComponent("page.html")
        let resultFile = folder.appendingPathComponent("elements.json")
        try Data(page).write(to: pageFile)

        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["POOLEDFUND_TEST_PYTHON"] ?? "python3"
        process.arguments = [python, "-c", script, pageFile.path, resultFile.path]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let message = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: String(decoding: message, as: UTF8.self)) }
        return try JSONDecoder().decode([ParsedElement].self, from: Data(contentsOf: resultFile))
    }

    private static let script = """
        import json, sys

        source = open(sys.argv[1], 'rb').read().decode('utf-8')
        found = []

        def with_html5lib():
            import html5lib
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            for element in parser.parse(source).iter():
                if isinstance(element.tag, str):
                    found.append(dict(name=element.tag, attributes=dict(element.attrib), text=''.join(element.itertext())))

        def with_standard_library():
            from html.parser import HTMLParser
            class Parser(HTMLParser):
                def __init__(self):
                    super().__init__(convert_charrefs=True)
                    self.open = []
                def handle_starttag(self, tag, attributes):
                    element = dict(name=tag, attributes=dict((k, v or '') for k, v in attributes), text='')
                    found.append(element)
                    if tag not in ('meta', 'link', 'br', 'hr', 'input', 'img', 'wbr', 'col'):
                        self.open.append(element)
                def handle_endtag(self, tag):
                    while self.open and self.open.pop()['name'] != tag:
                        pass
                def handle_data(self, data):
                    for element in self.open:
                        element['text'] += data
            parser = Parser()
            parser.feed(source.replace('\\r\\n', '\\n').replace('\\r', '\\n'))
            parser.close()
            for element in found:
                if element['name'] in ('textarea', 'pre') and element['text'].startswith('\\n'):
                    element['text'] = element['text'][1:]

        try:
            with_html5lib()
        except ImportError:
            with_standard_library()
        json.dump(found, open(sys.argv[2], 'w'))
        """
}
