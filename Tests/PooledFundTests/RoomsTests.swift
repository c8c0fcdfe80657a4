import Foundation
import TestSupport
import Testing

/// What `Package.swift` cannot hold: a target may only import what it declares, but nothing there says what it may declare.
@Suite("The rooms of the house")
struct RoomsTests {
    /// Lowest first, each with the rooms that it may import.
    private static let rooms: [String: Set<String>] = [
        "SQL": [],
        "SQLite": ["SQL"],
        "PostgreSQL": ["SQL", "CPostgreSQL"],
        "Correspondence": [],
        "Curl": ["Correspondence", "CCurl"],
        "OfficeFiles": ["CZip", "CLibXML2", "CXLSXWriter"],
        "HTML": [],
        "Ledger": [],
        "Credentials": ["Ledger", "CQREncode"],
        "Portfolio": ["CGLPK", "CSpawn"],
        "OpenIDConnect": ["Curl", "Ledger"],
        "PooledFund": ["SQL", "Correspondence", "OfficeFiles", "Portfolio", "Ledger"],
        "Publications": ["PooledFund", "Credentials", "Ledger", "HTML"],
        "Web": ["Publications", "PooledFund", "OpenIDConnect", "Portfolio", "Credentials", "Ledger", "HTML", "OfficeFiles", "CZlib"],
        "pooledfund": [
            "Web", "Publications", "PooledFund", "OpenIDConnect", "Portfolio", "Credentials", "Ledger", "HTML", "Curl", "Correspondence",
            "SQLite", "PostgreSQL", "SQL",
        ],
        "CZlib": [],
        "CQREncode": [],
        "CPostgreSQL": [],
        "CCurl": [],
        "CZip": [],
        "CLibXML2": [],
        "CXLSXWriter": [],
        "CGLPK": [],
        "CSpawn": [],
    ]

    @Test("No room imports upward, and only the executable names an engine", arguments: rooms.keys.sorted())
    func imports(room: String) throws {
        let allowed = try #require(Self.rooms[room])
        for file in try sources(of: room) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                guard let module = imported(String(line)), Self.rooms.keys.contains(module) else { continue }
                #expect(allowed.contains(module), "\(room)/\(file.lastPathComponent):\(number + 1) imports \(module)")
            }
        }
    }

    @Test("Every folder of Sources is a room of this list")
    func everyRoom() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: sourcesFolder.path).filter { !$0.hasPrefix(".") }
        #expect(Set(folders) == Set(Self.rooms.keys))
    }

    @Test("An import is recognized however it is written")
    func importLines() {
        #expect(imported("import SQL") == "SQL")
        #expect(imported("public import Ledger  // why") == "Ledger")
        #expect(imported("    internal import struct SQL.Row") == "SQL")
        #expect(imported("@testable import PooledFund") == "PooledFund")
        #expect(imported("@_exported public import HTML") == "HTML")
        #expect(imported("// import SQL") == nil)
        #expect(imported("let important = 1") == nil)
    }

    private var sourcesFolder: URL { Folders.repository.appendingPathComponent("Sources").resolvingSymlinksInPath() }

    private func sources(of room: String) throws -> [URL] {
        let folder = sourcesFolder.appendingPathComponent(room)
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        let swift = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        #expect(room.hasPrefix("C") || !swift.isEmpty, "\(room) has no source")
        return swift
    }

    /// The module that a line imports.
    private func imported(_ line: String) -> String? {
        var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
        while let word = words.first, word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains(word) {
            words.removeFirst()
        }
        guard words.popFirst() == "import" else { return nil }
        if let kind = words.first, ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor"].contains(kind) {
            words.removeFirst()
        }
        return words.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
    }
}
