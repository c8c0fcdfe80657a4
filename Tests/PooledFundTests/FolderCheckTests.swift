import Foundation
import TestSupport
import Testing

@testable import PooledFund

@Suite("Checking a fund folder")
struct FolderCheckTests {
    private let folder: FolderCopy

    init() throws {
        folder = try FolderCopy()
    }

    @Test("The folders of this repository have no fault")
    func sound() throws {
        #expect(folder.faults().isEmpty, "\(folder.faults().map(\.description))")
        #expect(try FundFolder.read(at: Folders.migrationMPTF.resolvingSymlinksInPath()).slug == "migration-mptf")
    }

    @Test("A check says how many rows each file has")
    func rowCounts() throws {
        let counts = Dictionary(uniqueKeysWithValues: try folder.read().rowCounts.map { ($0.file, $0.rows) })
        #expect(counts["records/contributors.csv"] == 10)
        #expect(counts["records/contributions.csv"] == 10)
        #expect(counts["records/programmes.csv"] == 22)
        #expect(counts.count == 10)
    }

    @Test("Everything wrong is reported at once, each with file, line, field and remedy")
    func everythingAtOnce() throws {
        try folder.replace("sensitive_places: true", with: "sensitive_place: true", in: "terms.yaml")
        try folder.replace(
            "brief-ferrymen,ferrymen,opening-contribution,2024-01-31,1,",
            with: "brief-ferrymen,ferryman,opening-contribution,2024-02-30,-1,", in: "records/contributions.csv")
        try folder.replace(
            "two-rivers-bridges,Bridges of two rivers (fictional),1,EGY",
            with: "two-rivers-bridges,Bridges of two rivers (fictional),9,EGX", in: "records/programmes.csv")
        try folder.append("{contributionsMobilised} is too much.", to: "texts/support.md")
        let faults = folder.faults()
        for fault in faults { #expect(!fault.problem.isEmpty && !fault.remedy.isEmpty) }
        let contribution = try folder.line(of: "brief-ferrymen", in: "records/contributions.csv")
        let programme = try folder.line(of: "two-rivers-bridges", in: "records/programmes.csv")
        let area = try folder.line(of: "sensitive_place:", in: "terms.yaml")
        let text = try folder.line(of: "{contributionsMobilised}", in: "texts/support.md")
        expect(faults, "terms.yaml", area, "thematic_areas[2].sensitive_place", "unknown key", "did you mean “sensitive_places”?")
        expect(faults, "terms.yaml", area, "thematic_areas[2]", "has no “sensitive_places”", "add it")
        expect(faults, "records/contributions.csv", contribution, "effective_on", "“2024-02-30” is not a date", "write YYYY-MM-DD")
        expect(faults, "records/contributions.csv", contribution, "amount", "-1 is not above zero", "give a positive amount")
        expect(faults, "records/programmes.csv", programme, "thematic_area", "there is no thematic area of the Terms “9”", "")
        expect(faults, "records/programmes.csv", programme, "countries", "there is no country “EGX”", "did you mean “EGY”?")
        expect(
            faults, "texts/support.md", text, nil, "there is no figure “contributionsMobilised”", "did you mean “contributionsMobilized”?")
    }

    /// Old text, new text, file, field and the beginning of the problem; the fault is on the line of the new text.
    private static let spoilt: [(old: String, new: String, file: String, field: String?, problem: String)] = [
        ("launched_on: 2020-03", "launched_on: 2020-13", "terms.yaml", "identity.launched_on", "“2020-13” is not a date"),
        ("minor_units: 0", "minor_units: 5", "terms.yaml", "identity.currency", "is not a currency"),
        ("Asia/Tokyo", "Asia/Atlantis", "terms.yaml", "identity.time_zone", "“Asia/Atlantis” is not a time zone"),
        ("code: RIV00", "code: RIV 00", "terms.yaml", "identity.code", "“RIV 00” is not an id"),
        ("format: 1", "format: 2", "terms.yaml", "format", "is not a format"),
        ("{amount: 30000000", "{amount: 30000000.5", "terms.yaml", "targets[0].amount", "“30000000.5” is not an amount in JPY"),
        ("{amount: 30000000", "{amount: -30000000", "terms.yaml", "targets[0].amount", "-30000000 is not above zero"),
        ("objectives: [1, 2]", "objectives: [1, 5]", "terms.yaml", "thematic_areas[2].objectives", "objective 5 is in area 1 already"),
        ("objectives: [1, 2]", "objectives: [1, 99]", "terms.yaml", "thematic_areas[0].objectives", "there is no objective 99"),
        ("objectives: [1, 2]", "objectives: [1, two]", "terms.yaml", "thematic_areas[0].objectives[1]", "“two” is not a whole number"),
        ("- {number: 2, name: Boats", "- {number: 1, name: Boats", "terms.yaml", "budget_categories[1]", "“1” stands in the list twice"),
        ("minimum: \"2\"", "minimum: \"5\"", "terms.yaml", "markers[0].minimum", "“5” is not on the scale"),
        ("rate: 0.015", "rate: 1.5", "terms.yaml", "fees[0].rate", "1.5 is not between 0 and 1"),
        ("rate: 0.015", "rate: 1.5 %", "terms.yaml", "fees[0].rate", "“1.5 %” is not a rate"),
        ("due: 03-31", "due: 02-29", "terms.yaml", "deadlines[0].due", "is not a day of every year"),
        ("kind: indirect", "kind: indirekt", "terms.yaml", "budget_categories[2].kind", "“indirekt” is not known here"),
        ("confidence: unconfirmed, note", "confidence: unsure, note", "terms.yaml", "regions[3].confidence", "“unsure” is not known here"),
        ("records: pipeline", "records: pipelines", "terms.yaml", "coverage[2].records", "“pipelines” is not known here"),
        ("chair: Mayor", "chair: [Mayor]\n  x: Mayor", "terms.yaml", "committee.chair", "is not a text"),
        (
            "brief-naher,naher,opening-contribution,2024-01-31,1800000", "brief-naher,naher,opening-contribution,2024-01-31,0",
            "records/contributions.csv", "amount", "0 is not above zero"
        ),
        (
            "brief-naher,naher,opening-contribution,2024-01-31,1800000", "brief-naher,naher,opening-contribution,2024-01-31,1800000.5",
            "records/contributions.csv", "amount", "“1800000.5” is not an amount in JPY"
        ),
        (
            "brief-naher,naher,opening-contribution,2024-01-31,1800000", "brief-naher,naher,opening-contribution,2024-01-31,\"1,800,000\"",
            "records/contributions.csv", "amount", "“1,800,000” is not an amount in JPY"
        ),
        (
            "brief-naher,naher,opening-contribution,2024-01-31,1800000", "brief-naher,naher,opening-contribution,2024-01-31,",
            "records/contributions.csv", "amount", "is empty"
        ),
        (
            "brief-naher,naher,opening-contribution,2024-01-31,1800000,JPY",
            "brief-naher,naher,opening-contribution,2024-01-31,1800000,USD", "records/contributions.csv", "currency",
            "“USD” is not the fund's currency"
        ),
        (
            "brief-naher,naher,opening-contribution", "brief-naher,naher,deposit", "records/contributions.csv", "kind",
            "“deposit” is not known here"
        ),
        ("brief-naher,naher", "brief-naher,nahar", "records/contributions.csv", "contributor", "there is no contributor “nahar”"),
        ("brief-naher,", "brief_naher,", "records/contributions.csv", "external_id", "“brief_naher” is not an id"),
        ("brief-naher,naher", "brief-ferrymen,naher", "records/contributions.csv", "external_id", "“brief-ferrymen” is on line"),
        (
            "silent-partner,Silent Partner (fictional)", "silent-partner,Order of Ferrymen (fictional)", "records/contributors.csv", "name",
            "“Order of Ferrymen (fictional)” is on line"
        ),
        (
            "silent-partner,Silent Partner (fictional)", "silent-partner,Stream Trust", "records/contributors.csv", "name",
            "“Stream Trust” is on line"
        ),
        (
            "silent-partner,Silent Partner (fictional),other,", "silent-partner,Silent Partner (fictional),member-state,",
            "records/contributors.csv", "country", "is empty for a member State"
        ),
        (
            "silent-partner,Silent Partner (fictional),other,", "silent-partner,Silent Partner (fictional),state,",
            "records/contributors.csv", "kind", "“state” is not known here"
        ),
        (
            "silent-partner,Silent Partner (fictional),other,,", "silent-partner,Silent Partner (fictional),other,XYZ,",
            "records/contributors.csv", "country", "there is no country “XYZ”"
        ),
        (
            "silent-partner,Silent Partner (fictional),other,,,brief-2024", "silent-partner,Silent Partner (fictional),other,,,breif-2024",
            "records/contributors.csv", "source", "there is no source “breif-2024”"
        ),
        (
            "silent-partner,Silent Partner (fictional),other,,,brief-2024", "silent-partner,Silent Partner (fictional),other,,,",
            "records/contributors.csv", "source", "is empty"
        ),
        ("PRY,PY,600", "PRY,PY,60", "records/countries.csv", "m49", "“60” is not a code"),
        ("PRY,PY,600", "PRY,py,600", "records/countries.csv", "iso2", "“py” is not a code"),
        ("PRY,PY,600", "PRY,BR,600", "records/countries.csv", "iso2", "“BR” is on line"),
        ("Paraguay,parana", "Paraguay,paraná", "records/countries.csv", "region", "there is no region of the Terms “paraná”"),
        ("EGY;HUN", "EGY;EGY", "records/programmes.csv", "countries", "“EGY” stands there twice"),
        (
            "ferry-landings,Ferry landings (fictional),2,,parana", "ferry-landings,Ferry landings (fictional),2,PRY,parana",
            "records/programmes.csv", "regions", "is given although the countries are on record"
        ),
        (
            "ferry-landings,Ferry landings (fictional),2,,parana", "ferry-landings,Ferry landings (fictional),2,,amazonas",
            "records/programmes.csv", "regions", "there is no region of the Terms “amazonas”"
        ),
        (
            "river-office;league,1;2", "river-office;leage,1;2", "records/programmes.csv", "organizations",
            "there is no organization “leage”"
        ),
        (
            "river-office;league,1;2", "river-office;league,1;8", "records/programmes.csv", "objectives",
            "there is no objective of the Terms “8”"
        ),
        ("2022-06-01,2025-05-31", "2022-06-01,2021-05-31", "records/programmes.csv", "ends_on", "2021-05-31 is before the start"),
        ("night-ferries,operational,", "night-ferries,underway,", "records/statuses.csv", "status", "“underway” is not known here"),
        (
            "quiet-quay-1,pipeline,", "quiet-quay-1,operational,", "records/statuses.csv", "status",
            "is “operational” although the programme is withheld"
        ),
        ("night-ferries,9000000", "night-ferrys,9000000", "records/budgets.csv", "programme", "there is no programme “night-ferrys”"),
        (
            "JPY,2024-01-31,brief-2024,amount,", "JPY,2024-01-31,brief-2024,amounts,", "records/budgets.csv", "unconfirmed",
            "“amounts” is not a column"
        ),
        ("night-ferries,9000000", "night-ferries,9223372036854775807", "records/budgets.csv", "amount", "the amounts add up to more"),
        ("municipality,KHM,", "municipality,THA,", "records/local-authorities.csv", "countries", "THA is not a country of the programme"),
        ("municipality,KHM,", "town,KHM,", "records/local-authorities.csv", "level", "“town” is not known here"),
        (
            "sub-municipal,UGA,sensitive", "sub-municipal,UGA,secret", "records/local-authorities.csv", "place_class",
            "“secret” is not known here"
        ),
        (
            "mobilized,contributionsMobilized,approximately,71000000", "mobilized,contributionsMobilized,approximately,71 million",
            "records/statements.csv", "stated", "“71 million” is not a figure in JPY"
        ),
        ("share,mobilizedShare", "share,mobilisedShare", "records/statements.csv", "figure", "there is no figure “mobilisedShare”"),
        (
            "committeeSeat:river-league", "committeeSeat:river-legue", "records/statements.csv", "figure",
            "there is no seat of the Terms “river-legue”"
        ),
        ("{stated:bridges}", "{stated:brigdes}", "texts/support.md", nil, "there is no figure “brigdes”"),
    ]

    @Test("Each fault is found where it is", arguments: spoilt.indices)
    func eachFault(index: Int) throws {
        let spoilt = Self.spoilt[index]
        try folder.replace(spoilt.old, with: spoilt.new, in: spoilt.file)
        let line = try folder.line(of: spoilt.new, in: spoilt.file)
        let faults = folder.faults()
        let fault = faults.first { $0.file == spoilt.file && $0.field == spoilt.field && $0.problem.hasPrefix(spoilt.problem) }
        let found = try #require(fault, "\(faults.map(\.description))")
        // A total, and an item that was good by itself, are not of one line.
        if found.problem.hasPrefix("the amounts add up") {
            #expect(found.line == nil)
        } else if !found.problem.contains("is in area 1 already") {
            #expect(found.line == line, "\(found)")
        }
        #expect(!found.remedy.isEmpty)
        #expect(faults.count <= 3, "\(faults.map(\.description))")
    }

    @Test("An area or a coverage that names what there is not is a fault of the Terms")
    func danglingTerms() throws {
        try folder.replace("stated: programmesPipeline", with: "stated: programmesPipelines", in: "terms.yaml")
        try folder.replace("name: Shared rivers, source: charter", with: "name: Shared rivers, source: chart", in: "terms.yaml")
        expect(
            folder.faults(), "terms.yaml", nil, "coverage.stated", "there is no statement “programmesPipelines”",
            "did you mean “programmesPipeline”?")
        expect(folder.faults(), "terms.yaml", nil, "principles[0].source", "there is no source “chart”", "")
    }

    @Test("Unreadable files are reported together, each by name", arguments: RecordKind.files.map(\.file) + ["terms.yaml"])
    func missingFile(file: String) throws {
        try folder.remove(file)
        expect(folder.faults(), file, nil, nil, "is missing", "add it")
    }

    @Test("A file over 32 MB is refused without being read")
    func tooLarge() throws {
        try folder.write([UInt8](repeating: UInt8(ascii: "\n"), count: 32 * 1024 * 1024 + 1), to: "records/sources.csv")
        expect(folder.faults(), "records/sources.csv", nil, nil, "has 33554433 bytes", "keep it at 33554432 bytes or less")
    }

    @Test("A file of 100 MB is refused at once")
    func farTooLarge() throws {
        let file = folder.url.appendingPathComponent("texts/support.md")
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 100 * 1024 * 1024)
        try handle.close()
        expect(folder.faults(), "texts/support.md", nil, nil, "has 104857600 bytes", "keep it at")
    }

    @Test(
        "Bytes that are not UTF-8 are refused with their line",
        arguments: [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x8C]] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) throws {
        let text = Array(try folder.text("records/sources.csv").utf8)
        try folder.write(text + Array("caf".utf8) + bytes + Array(",,,,,\n".utf8), to: "records/sources.csv")
        expect(folder.faults(), "records/sources.csv", 7, nil, "is not UTF-8 from byte \(text.count + 4) on", "save it as UTF-8")
    }

    @Test("The character U+0000 is refused with its line", arguments: ["records/sources.csv", "terms.yaml", "texts/support.md"])
    func nul(file: String) throws {
        let text = try folder.text(file)
        try folder.write(text + "\0\n", to: file)
        expect(folder.faults(), file, text.count { $0 == "\n" } + 1, nil, "contains the character U+0000", "remove it")
    }

    @Test("A byte order mark and the line ends of Windows change nothing but the bytes")
    func windows() async throws {
        let office = try await TestOffice()
        try await office.load(folder.url)
        for file in RecordKind.files.map(\.file) + ["terms.yaml", "texts/fund.md", "texts/overview.md"] {
            let text = try folder.text(file)
            try folder.write("\u{FEFF}" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"), to: file)
        }
        #expect(folder.faults().isEmpty, "\(folder.faults().map(\.description))")
        let before = try #require(try await office.record("river-towns"))
        try await office.load(folder.url)
        let after = try #require(try await office.record("river-towns"))
        #expect(described(before, withoutHead: true) == described(after, withoutHead: true))
    }

    @Test("A header that is not the expected one is refused with the one that is")
    func wrongHeader() throws {
        try folder.replace("id,title,publisher", with: "id,titel,publisher", in: "records/sources.csv")
        expect(
            folder.faults(), "records/sources.csv", 1, "titel", "unknown column",
            "write exactly id,title,publisher,published_on,address,note")
        try folder.replace("id,titel,publisher", with: "id,publisher,title", in: "records/sources.csv")
        expect(folder.faults(), "records/sources.csv", 1, nil, "the header is not the expected one", "write exactly")
        try folder.write("", to: "records/sources.csv")
        expect(folder.faults(), "records/sources.csv", nil, nil, "the header is not the expected one", "write exactly")
    }

    @Test("A row with too few or too many fields is refused")
    func fieldCount() throws {
        try folder.append("short,Too short", to: "records/sources.csv")
        try folder.append("long,Too long,,,,,", to: "records/sources.csv")
        expect(folder.faults(), "records/sources.csv", 7, nil, "has 2 fields instead of 6", "quote fields that contain a comma")
        expect(folder.faults(), "records/sources.csv", 8, nil, "has 7 fields instead of 6", "quote fields")
    }

    @Test("A quotation mark out of place is refused with its line")
    func quotes() throws {
        try folder.append("open,\"never closed,,,,", to: "records/sources.csv")
        expect(folder.faults(), "records/sources.csv", 7, nil, "a quotation mark is never closed", "")
        try folder.replace("\"never closed", with: "within \"a\" field", in: "records/sources.csv")
        expect(folder.faults(), "records/sources.csv", 7, nil, "a quotation mark stands within an unquoted field", "")
        try folder.replace("within \"a\" field", with: "\"closed\" early", in: "records/sources.csv")
        expect(folder.faults(), "records/sources.csv", 7, nil, "text follows a closing quotation mark", "")
    }

    @Test("A field that is too long is refused, and no hint is looked for at length")
    func longFields() throws {
        let long = String(repeating: "x", count: 10_001)
        try folder.append((0..<300).map { "long-\($0),\(long),,,," }.joined(separator: "\n"), to: "records/sources.csv")
        try folder.replace("brief-naher,naher", with: "brief-naher,\(long)", in: "records/contributions.csv")
        let faults = folder.faults()
        expect(faults, "records/sources.csv", 7, "title", "has more than 10000 bytes", "shorten it")
        #expect(faults.count == 302)
    }

    @Test("A folder with a thousand faults is reported in part, and soon")
    func manyFaults() throws {
        let lines = (0..<1000).map { "row-\($0),Name \($0),kind,XYZ,,nowhere" }
        try folder.append(lines.joined(separator: "\n"), to: "records/organizations.csv")
        #expect(folder.faults().count == 500)
    }

    @Test("YAML that is none is refused with its line")
    func notYAML() throws {
        try folder.replace("headline: One pot", with: "headline: 'One pot", in: "terms.yaml")
        let faults = folder.faults()
        #expect(faults.count == 1)
        #expect(faults.first?.problem.hasPrefix("is not YAML: ") == true)
        #expect(faults.first?.line != nil)
        try folder.write("", to: "terms.yaml")
        expect(folder.faults(), "terms.yaml", nil, nil, "is empty", "write the Terms")
        try folder.write("- a\n- b\n", to: "terms.yaml")
        expect(folder.faults(), "terms.yaml", 1, nil, "is not a mapping", "")
    }

    @Test("A key that stands twice is refused, with its line")
    func duplicateKey() throws {
        try folder.replace("  headline: One pot", with: "  known_as: River Towns Again\n  headline: One pot", in: "terms.yaml")
        let faults = folder.faults()
        #expect(faults.count == 1)
        #expect(faults.first?.problem == "is not YAML: the key “known_as” stands there twice")
        #expect(faults.first?.line != nil)
    }

    private static let deep = [
        "brackets": String(repeating: "[", count: 100_000), "braces": String(repeating: "{a: ", count: 100_000),
        "brackets that close": String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
        "lists on a line": String(repeating: "- ", count: 100_000) + "x", "keys on a line": String(repeating: "? ", count: 100_000) + "x",
        "indentation": (0..<2_000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
    ]

    @Test("Deeply nested YAML is refused and neither crashes nor hangs", arguments: deep.keys.sorted())
    func deepYAML(kind: String) throws {
        try folder.append("x: \n" + (Self.deep[kind] ?? ""), to: "terms.yaml")
        let faults = folder.faults()
        #expect(faults.count == 1)
        #expect(faults.first?.remedy == "nest it less deeply")
        #expect(faults.first?.line != nil)
    }

    @Test(
        "Anchors that multiply what they hold are refused and neither crash nor hang",
        arguments: [
            "a0: &a0 [x, x]\n" + (1..<60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }.joined(separator: "\n"),
            "a0: !!seq &a0 [x, x]\n" + (1..<60).map { "a\($0): !!seq &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }.joined(separator: "\n")
                + "\n? *a59\n: x",
            "- \n  &a\n  [x]",
        ])
    func aliasBomb(text: String) throws {
        try folder.write("\(text)\n" + (try folder.text("terms.yaml")), to: "terms.yaml")
        #expect(folder.faults().first?.problem == "has an anchor (“&”)")
    }

    @Test("An ampersand in a text is no anchor")
    func ampersand() throws {
        try folder.replace("headline: One pot for river towns", with: "headline: R&D & A &c for river towns", in: "terms.yaml")
        #expect(folder.faults().isEmpty, "\(folder.faults().map(\.description))")
    }

    @Test(
        "The folder's name is its address, so it has small letters, digits and hyphens",
        arguments: ["River-Towns", "river_towns", "river towns", "fl🌊od"])
    func slug(name: String) throws {
        let folder = try FolderCopy(named: name)
        expect(folder.faults(), name, nil, nil, "is not a slug", "name the folder with lower-case letters, digits and hyphens")
    }

    @Test("What is no folder is said to be none")
    func noFolder() {
        let url = folder.url.appendingPathComponent("terms.yaml")
        #expect(throws: Faults.self) { try FundFolder.read(at: url) }
        #expect(throws: Faults.self) { try FundFolder.read(at: folder.url.appendingPathComponent("nowhere")) }
    }

    @Test("Texts have plain names: two that only look alike do not crash the program")
    func textNames() throws {
        try folder.write("a", to: "texts/caf\u{E9}.md")
        try folder.write("b", to: "texts/cafe\u{301}.md")
        #expect(folder.faults().count { $0.problem.hasSuffix("is not a name") } == 2)
    }

    @Test("A contributor's name is the same name however its accents are encoded")
    func canonicalNames() throws {
        try folder.append("eau-1,C\u{F4}te,other,,,charter", to: "records/contributors.csv")
        try folder.append("eau-2,Co\u{302}te,other,,,charter", to: "records/contributors.csv")
        #expect(folder.faults().contains { $0.field == "name" && $0.problem.contains("is on line 12 already") })
    }

    @Test("The rules for people are read, and a role that there is not, or on two sides of the firewall, is a fault")
    func people() throws {
        let rules = try folder.read().terms.people
        #expect(rules.secondFactor.contains(.administrativeAgent) && !rules.secondFactor.contains(.contributor))
        #expect(rules.firewall.map(\.id) == ["administration", "secretariat", "decision", "implementation", "assessment", "assurance"])
        #expect(rules.addressesVisibleTo == [.administrator, .fundManagementUnitOfficer, .auditor])
        #expect(rules.retention == PeopleRules.Retention(particularsYears: 5, tracesDays: 30))
        try folder.replace("roles: [technical-reviewer]", with: "roles: [technical-reviewers, auditor]", in: "terms.yaml")
        try folder.replace("traces_days: 30", with: "traces_days: some", in: "terms.yaml")
        let faults = folder.faults()
        #expect(
            faults.contains { $0.problem == "there is no role “technical-reviewers”" && $0.remedy == "did you mean “technical-reviewer”?" })
        #expect(faults.contains { $0.problem == "“auditor” is on the side “assessment” already" })
        #expect(faults.contains { $0.field == "people.retention.traces_days" })
    }

    @Test("Terms that say nothing of people have the strictest rules")
    func strictest() throws {
        let terms = try folder.text("terms.yaml")
        let end = try #require(terms.range(of: "people:\n"))
        try folder.write(String(terms[..<end.lowerBound]), to: "terms.yaml")
        let rules = try folder.read().terms.people
        #expect(rules.secondFactor == Set(Role.allCases))
        #expect(rules.conflict(among: [.localAuthority, .contributor]) != nil)
        #expect(rules.addressesVisibleTo == [.administrator])
    }

    @Test("A folder that is handed over is read as one on disk is, with the same faults")
    func handedOver() throws {
        var files: [String: [UInt8]] = [:]
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
        for path in paths where path.contains(".") { files[path] = Array(try folder.text(path).utf8) }
        let (handed, read) = (try FundFolder.read(files, slug: "river-towns"), try folder.read())
        #expect(handed.rowCounts.map(\.rows) == read.rowCounts.map(\.rows) && handed.contributions == read.contributions)
        try folder.remove("records/sources.csv")
        files["records/sources.csv"] = nil
        let faults = #expect(throws: Faults.self) { try FundFolder.read(files, slug: "river-towns") }
        #expect(faults?.faults == folder.faults())
        files["texts/overview.md"] = [0xFF]
        files["texts/a b.md"] = []
        let more = #expect(throws: Faults.self) { try FundFolder.read(files, slug: "River Towns") }
        #expect(Set(more?.faults.map(\.file) ?? []) == ["River Towns", "records/sources.csv", "texts/overview.md", "texts/a b.md"])
    }

    private func expect(
        _ faults: [Fault], _ file: String, _ line: Int?, _ field: String?, _ problem: String, _ remedy: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let found = faults.contains {
            $0.file == file && $0.line == line && $0.field == field && $0.problem.hasPrefix(problem) && $0.remedy.hasPrefix(remedy)
        }
        #expect(found, "\(faults.prefix(10).map(\.description))", sourceLocation: sourceLocation)
    }
}
