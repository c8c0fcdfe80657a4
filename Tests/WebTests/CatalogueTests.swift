import Foundation
import HTML
import Ledger
import Publications
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("Every sentence comes from the catalogue")
struct CatalogueTests {
    /// Words of the data formats and of the standards, which no language translates; and what a formula is written in.
    private static let technical: Set<String> = ["CSV", "JSON", "HTML", "PDF", "UTF", "ln"]

    @Test("a pseudo-translated page of a fund without a Latin letter holds no English")
    func noEnglishIsLeft() async throws {
        let folder = try FolderCopy(of: Folders.riverTowns)
        try folder.makeGreek()
        let say = try Sentences.catalogue().pseudoTranslated()
        let site = try await TestSite(folder.url, say: say)
        let codes = codes(of: try #require(try await site.office.record(site.fund)))
        var left: [String: String] = [:]
        for (place, query) in try await site.everyPlace() {
            for word in visibleWords(of: try await site.text(place, query)) where !Self.technical.contains(word) && !codes.contains(word) {
                left[word] = "\(place) \(query)"
            }
        }
        #expect(left.isEmpty, "\(left.sorted { $0.key < $1.key }.map { "\($0.key) on \($0.value)" }.joined(separator: "\n"))")
        #expect(say.missing.isEmpty, "\(say.missing)")
    }

    @Test("a pseudo-translated page of the workspace, or of the way in, holds no English")
    func noEnglishIsLeftInTheWorkspace() async throws {
        let folder = try FolderCopy(of: Folders.riverTowns)
        try folder.makeGreek()
        let say = try Sentences.catalogue().pseudoTranslated()
        let site = try await WorkspaceSite(folder.url, say: say)
        let codes = codes(of: try #require(try await site.house.record(WorkspaceSite.fund)))
        let officer = try site.visitor(.fundManagementUnitOfficer)
        var pages: [(String, String)] = []
        for kind in WorkspacePlaceKind.allCases {
            let place = kind.place(WorkspaceSite.fund, person: officer.person, document: String(repeating: "0", count: 64))
            for role in [
                Role.administrator, .fundManagementUnitOfficer, .participatingOrganizationFocalPoint, .steeringCommitteeMember,
                .technicalReviewer,
            ] {
                let answer = try await site.get(place, as: try site.visitor(role))
                if answer.status == 200, answer.text.hasPrefix("<!") { pages.append(("\(place) as \(role)", answer.text)) }
            }
        }
        for action in RequestedActions.all {
            for role in Role.allCases {
                let answer = try await site.get(.action(fund: WorkspaceSite.fund, action.name), as: try site.visitor(role))
                guard answer.status == 200 else { continue }
                pages.append((action.name, answer.text))
                break
            }
        }
        for path in SignInPlace.allCases {
            pages.append((path.rawValue, try await site.get(Address(segments: path.segments), as: nil).text))
        }
        var left: [String: String] = [:]
        for (page, html) in pages {
            for word in visibleWords(of: withoutPeople(html)) where !Self.technical.contains(word) && !codes.contains(word) {
                left[word] = page
            }
        }
        #expect(left.isEmpty, "\(left.sorted { $0.key < $1.key }.map { "\($0.key) on \($0.value)" }.joined(separator: "\n"))")
        #expect(say.missing.isEmpty, "\(say.missing)")
    }

    /// A page without what is on record of people: names, addresses, their browser, seat and engagement; and without a language's own name.
    private func withoutPeople(_ html: String) -> String {
        let known = ["Audit of a made-up year", "test", "contributors", "English"]
        return known.reduce(html.replacing(/Holder \([a-z-]+\)/, with: "").replacing(/[a-z-]+@[a-z.]+/, with: "")) {
            $0.replacing($1, with: "")
        }
    }

    @Test("every sentence that pages and the brief ask for is there, with its arguments")
    func nothingIsMissing() async throws {
        let say = try Sentences.catalogue()
        for folder in [Folders.riverTowns, Folders.migrationMPTF] {
            let site = try await TestSite(folder, say: say)
            for (place, query) in try await site.everyPlace() { _ = try await site.bytes(place, query) }
            let record = try #require(try await site.office.record(site.fund))
            _ = Brief(record: record, say: say).text()
            _ = Brief(record: record, say: say).document()
        }
        #expect(say.missing.isEmpty, "\(say.missing.sorted())")
    }

    @Test("no sentence is in the catalogue that nothing can ask for")
    func nothingIsSuperfluous() throws {
        let sources = try Folders.swiftFiles(under: "Sources")
        let quoted = try Set(
            sources.flatMap { try String(contentsOf: $0, encoding: .utf8).split(separator: "\"", omittingEmptySubsequences: false) })
        // Keys that are put together from a value of the record end in that value.
        let built = [
            "figure.", "reason.", "status.", "level.", "evidence.", "contributor.", "organization.", "entry.", "account.", "qualifier.",
            "overview.",
            "filter.", "balance.", "coverage.", "statements.", "terms.deadline.", "terms.assessment.", "terms.no-objection.",
            "error.", "brief.", "role.", "access-change.", "action.",
            "standing.", "stage.", "desk.item.", "desk.group.", "desk.notice.", "audit.action.", "audit.table.",
            "mail.access.", "mail.kind.", "mail.proposals.", "proposal.document.", "proposal.audience.", "proposal.party.", "calls.state.",
            "writing.done.", "writing.answer.", "writing.budget.column.",
            "mail.assessment.", "my-data.statement.", "screening.answer.", "screening.system.", "screening.outcome.", "assessment.stage.",
            "assessment.state.",
            "assessment.done.", "assessment.conflict.", "assessment.assignment.",
            "mail.committee.", "committee.part.", "committee.answer.", "committee.outcome.", "committee.state.", "committee.interest.",
            "committee.consequence.", "committee.taken.", "committee.took.", "committee.own.", "committee.compare.", "suggestions.",
            "decisions.outcome.", "decisions.sheet.",
        ]
        let unused = try Sentences.catalogue().keys.filter { key in !quoted.contains(key[...]) && !built.contains { key.hasPrefix($0) } }
        #expect(unused.isEmpty, "\(unused.sorted())")
    }

    /// Codes and ids of the fund's data, which stay in Latin letters.
    private func codes(of record: PublicRecord) -> Set<String> {
        let identity = record.terms.identity
        let codes =
            record.countries.flatMap { [$0.iso2, $0.iso3] } + record.terms.principles.map(\.id) + record.terms.committee.seats.map(\.id)
            + [identity.currency.code, identity.code, identity.timeZone, record.fund]
        return Set(codes.flatMap { $0.split { !$0.isLetter }.map(String.init) })
    }

    /// The Latin words that a reader of the page sees or hears: text, titles, labels, alternative texts.
    private func visibleWords(of html: String) -> Set<String> {
        var visible = ""
        var rest = html[...]
        while let open = rest.firstIndex(of: "<") {
            visible += rest[..<open] + " "
            guard let close = rest[open...].firstIndex(of: ">") else { break }
            let tag = rest[open...close]
            for name in [" aria-label=\"", " title=\"", " alt=\"", " placeholder=\"", " data-label=\"", " aria-description=\""] {
                if let start = tag.range(of: name), let end = tag[start.upperBound...].firstIndex(of: "\"") {
                    visible += " \(tag[start.upperBound..<end]) "
                }
            }
            // What is within <code> is an identifier, an address or a command.
            if tag == "<code>", let end = rest[close...].range(of: "</code>") {
                rest = rest[end.upperBound...]
            } else {
                rest = rest[rest.index(after: close)...]
            }
        }
        for entity in ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"] { visible = visible.replacingOccurrences(of: entity, with: " ") }
        return Set(visible.split { !($0.isASCII && $0.isLetter) }.map(String.init).filter { $0.count > 1 })
    }
}

extension FolderCopy {
    /// Every text of the fund in Greek letters, so that a Latin one can only come from the program. Ids, codes and closed lists stay.
    func makeGreek() throws {
        let columns: [String: Set<String>] = [
            "sources": ["title", "publisher", "note"], "countries": ["name"], "organizations": ["name", "short_name", "aliases"],
            "contributors": ["name", "aliases"], "contributions": ["memo"], "programmes": ["title", "summary", "note"],
            "statuses": ["note"],
            "budgets": ["note"], "local-authorities": ["name", "section", "note"], "statements": ["section", "label", "note"],
        ]
        for (name, columns) in columns {
            let file = "records/\(name).csv"
            let lines = try CSVReader.read(Array(try text(file).utf8))
            let header = lines[0].fields
            let rows = lines.map { line in
                zip(header, line.fields).map { column, field in line.fields == header || !columns.contains(column) ? field : greek(field) }
            }
            try write(csv(rows), to: file)
        }
        // Addresses of sources are data as well.
        let sources = try CSVReader.read(Array(try text("records/sources.csv").utf8)).map { line in
            line.fields.enumerated().map { $0 == 4 && line.number > 1 ? "" : $1 }
        }
        try write(csv(sources), to: "records/sources.csv")
        for name in try FileManager.default.contentsOfDirectory(atPath: url.appendingPathComponent("texts").path) {
            try write("Κείμενο του ταμείου.\n", to: "texts/\(name)")
        }
        try write(try greekTerms(), to: "terms.yaml")
    }

    /// `terms.yaml` with the values of the keys that hold words in Greek.
    private func greekTerms() throws -> String {
        let worded = [
            "name", "known_as", "short_name", "headline", "occasion", "framework", "title", "rule", "unit", "basis", "from", "to", "chair",
            "decides_by",
            "constituency", "holder", "note", "label", "help",
        ]
        var text = try text("terms.yaml")
        // The help of a form stands on a line of its own, commas and all.
        text = text.replacing(try Regex("(?m)^( +help: )([^\"\n]*)$")) { match in
            "\(match.output[1].substring ?? "")\"\(greek(String(match.output[2].substring ?? "")))\""
        }
        for key in worded {
            // A value ends at the line's end, or in a flow mapping at the next comma or brace; quoted values at their quotation mark.
            let pattern = try Regex("(?m)(^|[\\s{,-])(\(key): )(\"[^\"\\n]*\"|[^,}\\n]*)")
            text = text.replacing(pattern) { match in
                let value = String(match.output[3].substring ?? "")
                let isDate = value.allSatisfy { $0.isNumber || $0 == "-" }
                return "\(match.output[1].substring ?? "")\(match.output[2].substring ?? "")\(isDate ? value : "\"\(greek(value))\"")"
            }
        }
        text = text.replacing(try Regex("lines: \\[[^\\]]*\\]"), with: "lines: [Σπίτι]")
        text = text.replacing(try Regex("web: \\[[^\\]]*\\]"), with: "web: []")
        text = text.replacing(try Regex("email: .*"), with: "email: \"1@2.3\"")
        return text
    }

    private func csv(_ rows: [[String]]) -> String {
        rows.map { $0.map { "\"\($0)\"" }.joined(separator: ",") + "\n" }.joined()
    }

    /// By scalars: a quotation mark with a combining mark is one character.
    private func greek(_ text: String) -> String {
        let letters = Array("αβγδεζηθικλμνξοπρστυφχψω".unicodeScalars)
        var greek = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != "\"" && scalar != "\\" {
            greek.append(scalar.isASCII && scalar.properties.isAlphabetic ? letters[Int(scalar.value) % letters.count] : scalar)
        }
        return String(greek)
    }
}
