import Foundation
import Ledger
import OfficeFiles
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("Asking for an action")
struct RequestedActionTests {
    private let yen: Currency

    init() throws {
        yen = try Currency(code: "JPY", minorUnits: 0)
    }

    // MARK: Reading

    @Test("A form and JSON ask for the same")
    func formAndJSON() throws {
        let row = [
            ("external_id", "gift-1"), ("contributor", "lakeland"), ("amount", "1200"), ("effective_on", "2024-01"), ("source", "charter"),
        ]
        let form = ActionInput(
            form: row.map { ("contributions.3.\($0.0)", $0.1) } + [("contributions.3.memo", ""), ("step", "preview")], currency: yen)
        let text = #"{"contributions": [{\#(row.map { "\"\($0.0)\": \"\($0.1)\"" }.joined(separator: ", ")), "memo": null}]}"#
        for input in [form, try json(text)] {
            let action = try PostEntries(fund: "river-towns", reading: input)
            #expect(
                action.contributions == [
                    .init(
                        externalID: "gift-1", contributor: "lakeland", amount: Money(minorUnits: 1200, currency: yen),
                        effectiveOn: try CivilDate(parsing: "2024-01"), memo: "", source: "charter")
                ])
        }
    }

    @Test("Everything wrong is said at once, by field")
    func faults() throws {
        let text = """
            {"contributions": [
                {"external_id": "a", "contributor": "lake land", "amount": "-1", "effective_on": "2024-02-30", "source": "charter", "meme": "x"},
                {"external_id": "b\\u0000", "contributor": 7, "amount": 12.5, "effective_on": "2024", "memo": "line\\nbreak"}, "row"],
             "contribution": []}
            """
        let faults = #expect(throws: FieldFaults.self) { try PostEntries(fund: "river-towns", reading: try json(text)) }
        #expect(
            Set(faults?.faults.map(\.field) ?? []) == [
                "contribution", "contributions.1.contributor", "contributions.1.amount", "contributions.1.effective_on",
                "contributions.1.meme", "contributions.2.external_id", "contributions.2.contributor", "contributions.2.amount",
                "contributions.2.memo", "contributions.2.source", "contributions.3",
            ])
        #expect(faults?.faults.first { $0.field == "contributions.1.meme" }?.remedy == "did you mean “memo”?")
        let empty = #expect(throws: FieldFaults.self) {
            try InvitePerson(fund: "river-towns", reading: ActionInput(form: [], currency: yen))
        }
        #expect(empty?.faults.map(\.field) == ["email", "role", "organization"])
    }

    @Test("What is too much is refused: rows, bytes, depth")
    func limits() throws {
        let rows = Array(repeating: #"{"external_id": "a"}"#, count: 101).joined(separator: ",")
        let many = #expect(throws: FieldFaults.self) {
            try PostEntries(fund: "river-towns", reading: try json("{\"contributions\": [\(rows)]}"))
        }
        #expect(many?.faults.first?.problem == "has 101 rows")
        let long = #expect(throws: FieldFaults.self) {
            try ErasePerson(fund: "river-towns", reading: try json(#"{"person": "a", "reason": "\#(String(repeating: "x", count: 501))"}"#))
        }
        #expect(long?.faults.map(\.field) == ["reason"])
        #expect(InputValue(json: Array((String(repeating: "[", count: 9) + String(repeating: "]", count: 9)).utf8)) == nil)
        #expect(InputValue(json: Array((String(repeating: "[", count: 100_000)).utf8)) == nil)
        for text in ["", "{", "{'a': 1}", "NaN", "\u{FEFF}"] {
            #expect(InputValue(json: Array(text.utf8)) == nil, "\(text)")
        }
        #expect(InputValue(json: [0x22, 0xFF, 0x22]) == nil)
        #expect(InputValue(json: Array(##"{"a": "[[[[[[[[[[\"[["}"##.utf8))?["a"]?.string == ##"[[[[[[[[[["[["##)
    }

    @Test("A form's names that go deeper than any field, or that are both a field and a row, ask for nothing strange")
    func oddNames() {
        let names = [
            "a.b.c.d.e.f", "contributions", "contributions.1", "contributions.x.amount", "contributions.01.amount", "", ".", "a..b",
        ]
        let faults = #expect(throws: FieldFaults.self) {
            try PostEntries(fund: "river-towns", reading: ActionInput(form: names.map { ($0, "1") }, currency: yen))
        }
        #expect(faults?.faults.map(\.field) == ["contributions"])
    }

    @Test("A folder that is sent is read within the folder that a browser names, which must be the fund's")
    func folder() throws {
        var files: [String: [UInt8]] = [:]
        let root = Folders.riverTowns
        for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) where path.contains(".") {
            files[path] = [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
        }
        func load(_ folder: String?, as fund: String = "river-towns") throws -> LoadFund {
            let prefix = folder.map { "\($0)/" } ?? ""
            let named = Dictionary(uniqueKeysWithValues: files.map { (prefix + $0.key, $0.value) })
            return try LoadFund(fund: fund, reading: ActionInput(form: [], files: ["files": named], currency: yen))
        }
        #expect(try load("river-towns").folder.slug == "river-towns")
        #expect(try load(nil).folder.rowCounts.map(\.rows) == (try FundFolder.read(at: root)).rowCounts.map(\.rows))
        let other = #expect(throws: FieldFaults.self) { try load("river-town") }
        #expect(other?.faults.first?.remedy == "choose the folder called “river-towns”")
        var archive = ZipWriter()
        for (path, content) in files { archive.add("river-towns/\(path)", content) }
        let packed = try archive.archive()
        func unpack(_ bytes: [UInt8]) throws -> LoadFund {
            try LoadFund(fund: "river-towns", reading: ActionInput(form: [], files: ["files": ["any-name.zip": bytes]], currency: yen))
        }
        #expect(try unpack(packed).folder.rowCounts.map(\.rows) == (try FundFolder.read(at: root)).rowCounts.map(\.rows))
        let cut = #expect(throws: FieldFaults.self) { try unpack(Array(packed.prefix(packed.count / 2))) }
        #expect(cut?.faults.map(\.remedy) == ["pack the folder into a ZIP archive again"])
        files["records/contributors.csv"] = Array("id\n".utf8)
        let faulty = #expect(throws: FieldFaults.self) { try load("river-towns") }
        #expect(faulty?.faults.contains { $0.field == "files" && $0.problem.hasPrefix("records/contributors.csv, line 1") } ?? false)
    }

    @Test("An answer by letter is read from a form and from JSON")
    func onBehalf() throws {
        let person = UUID().uuidString.lowercased()
        let content = Array("Yes.\n".utf8)
        let form = ActionInput(
            form: [("on_behalf_of.person", person), ("on_behalf_of.note", "By letter")],
            files: ["on_behalf_of.document": ["letter.txt": content]], currency: yen)
        let text = """
            {"on_behalf_of": {"person": "\(person)", "note": "By letter",
             "document": {"name": "letter.txt", "content": "\(Data(content).base64EncodedString())"}}}
            """
        for input in [form, try json(text)] {
            let said = try input.answeredOtherwise()
            #expect(said == OnBehalf(person: person, answer: try AttachedDocument(name: "letter.txt", content: content), note: "By letter"))
        }
        #expect(try ActionInput(form: [("on_behalf_of.note", "")], currency: yen).answeredOtherwise() == nil)
        // Half of it said is not the same as nothing said: it would be recorded in one's own name.
        for half in [#"{"on_behalf_of": "somebody"}"#, #"{"on_behalf_of": {"note": "x"}}"#] {
            #expect(throws: FieldFaults.self) { try json(half).answeredOtherwise() }
        }
        let without = #expect(throws: FieldFaults.self) {
            try ActionInput(form: [("on_behalf_of.person", person)], currency: yen).answeredOtherwise()
        }
        #expect(without?.faults.map(\.field) == ["on_behalf_of.document"])
    }

    // MARK: Once, and before

    @Test("The same request under the same key is done once and answered alike; another under the key is refused")
    func keyed() async throws {
        let house = try await TriedHouse()
        let office = house.office.office
        let input = ActionInput(
            json: [
                "email": .text("a@example.org"), "name": .text("A"), "role": .text("administrator"), "organization": .text("river-office"),
            ],
            currency: yen)
        let request = try #require(KeyedRequest(key: "first", body: [1]))
        func ask(_ request: KeyedRequest, by actor: Actor = .machineOperator) async throws -> RequestAnswer {
            try await office.perform(InvitePerson.self, in: house.fund, input, by: actor, answering: request)
        }
        let first = try await ask(request)
        let again = try await ask(request)
        #expect(!first.isRepeated && again.isRepeated)
        #expect(first.outcome == again.outcome && first.event == again.event)
        #expect(first.outcome["is_new"] == .other("true"))
        #expect(try await house.office.eventCount() == 3)
        let other = await #expect(throws: Refusal.self) { try await ask(try #require(KeyedRequest(key: "first", body: [2]))) }
        #expect(other?.kind == .conflict)
        // A key is its sender's own.
        let administrator = try await house.people.admit(.administrator, of: "b").actor
        let sent = try await ask(request, by: administrator)
        #expect(!sent.isRepeated && sent.event == nil)
        let stored = try await house.office.database.read {
            try $0.rows("SELECT answer FROM answered_request") { try $0.text("answer") }
        }
        #expect(stored.count == 2 && stored.allSatisfy { !$0.contains("example.org") })
        for key in ["", " ", "a b", "ü", String(repeating: "x", count: 101)] { #expect(KeyedRequest(key: key, body: []) == nil) }
    }

    @Test("The same request twice at the same time is done once")
    func atOnce() async throws {
        let house = try await TriedHouse()
        let office = house.office.office
        let posting = try house.posting("posted")
        let request = try #require(KeyedRequest(key: "key", body: []))
        let answers = try await withThrowingTaskGroup(of: (ChainHead?, Bool).self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let performed = try await office.perform(posting, by: .machineOperator, answering: request)
                    return (performed.event, performed.isRepeated)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { !$0.1 } == 1)
        #expect(Set(answers.map { $0.0?.description }).count == 1)
        #expect(try await house.office.eventCount() == 2)
    }

    @Test("A request that is sent again is answered to whoever still may ask, and to nobody whose role, token or sign-in has ended since")
    func keyedRights() async throws {
        let house = try await TriedHouse()
        let office = house.office.office
        let admitted = try await house.people.admit(.administrativeAgent)
        let token = try await house.people.token(of: admitted.person)
        let request = try #require(KeyedRequest(key: "key", body: [1]))
        let other = try #require(KeyedRequest(key: "key", body: [2]))
        func ask(_ actor: Actor, _ request: KeyedRequest) async throws -> RequestAnswer {
            let input = ActionInput(
                form: [
                    ("contributions.1.external_id", "gift"), ("contributions.1.contributor", "lakeland"),
                    ("contributions.1.amount", "1200"),
                    ("contributions.1.effective_on", "2024-01-31"), ("contributions.1.source", "charter"),
                ], currency: yen)
            return try await office.perform(PostEntries.self, in: house.fund, input, by: actor, answering: request)
        }
        func kind(_ actor: Actor, _ request: KeyedRequest) async throws -> Refusal.Kind? {
            await #expect(throws: Refusal.self) { try await ask(actor, request) }?.kind
        }
        #expect(try await !ask(token, request).isRepeated)
        #expect(try await ask(token, request).isRepeated)
        #expect(try await kind(token, other) == .conflict)
        try await house.people.write("UPDATE access_token SET revoked_at = 1")
        #expect(try await kind(token, request) == .right)
        #expect(try await ask(admitted.actor, request).isRepeated)
        _ = try await office.perform(EndRole(fund: house.fund, holding: admitted.holding, reason: "Moves"), by: .machineOperator)
        #expect(try await kind(admitted.actor, request) == .right)
        // Nor does it say that the key was used for something else.
        #expect(try await kind(admitted.actor, other) == .right)
    }

    @Test("Whoever gives up their role is answered alike when the answer got lost")
    func keyedEnd() async throws {
        let house = try await TriedHouse()
        let admitted = try await house.people.admit(.contributor)
        let request = try #require(KeyedRequest(key: "key", body: []))
        for isRepeated in [false, true] {
            let input = ActionInput(form: [("holding", admitted.holding), ("reason", "Moves")], currency: yen)
            let answer = try await house.office.office.perform(
                EndRole.self, in: house.fund, input, by: admitted.actor, answering: request)
            #expect(answer.isRepeated == isRepeated)
        }
    }

    @Test("A preview says what would be done and changes nothing; what would be refused is refused")
    func preview() async throws {
        let house = try await TriedHouse()
        let office = house.office.office
        let agent = try await house.people.admit(.administrativeAgent).actor
        let before = try await everything(house)
        let input = ActionInput(
            form: [
                ("contributions.1.external_id", "gift"), ("contributions.1.contributor", "lakeland"), ("contributions.1.amount", "1200"),
                ("contributions.1.effective_on", "2024-01-31"), ("contributions.1.source", "charter"),
            ], currency: yen)
        let preview = try await office.preview(PostEntries.self, in: house.fund, input, by: agent)
        let entries = preview.entries(in: yen)
        #expect(entries.map(\.externalID) == ["gift"])
        #expect(entries.first?.postings.map(\.amount.minorUnits) == [1200, -1200])
        #expect(entries.first?.postings.map(\.account) == [.contributionsOnRecord, .contributions])
        let invitation = ActionInput(
            form: [("email", "new@example.org"), ("name", "New"), ("role", "administrative-agent"), ("organization", "river-office")],
            currency: yen)
        #expect(
            try await office.preview(InvitePerson.self, in: house.fund, invitation, by: agent).rows.map(\.table) == [
                "role_holding", "person",
            ])
        #expect(try await everything(house) == before)
        let refused = await #expect(throws: Refusal.self) {
            try await office.preview(
                InvitePerson.self, in: house.fund,
                ActionInput(
                    form: [("email", "new@example.org"), ("name", "New"), ("role", "administrator"), ("organization", "river-office")],
                    currency: yen), by: agent)
        }
        #expect(refused?.kind == .right)
        #expect(try await everything(house) == before)
    }

    @Test("A preview of a folder says what is added and what is changed")
    func previewOfLoading() async throws {
        let house = try await TriedHouse()
        try house.folder.replace("Lakeland (fictional)", with: "Lake Land (fictional)", in: "records/contributors.csv")
        try house.folder.append("new-town,New Town (fictional),,local-authority,,,charter", to: "records/organizations.csv")
        var files: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: house.folder.url.path) where path.contains(".") {
            files[path] = Array(try house.folder.text(path).utf8)
        }
        let preview = try await house.office.office.preview(
            LoadFund.self, in: house.fund, ActionInput(form: [], files: ["files": files], currency: yen), by: .machineOperator)
        let choices = try #require(try await house.office.office.choices(of: house.fund, now: house.office.clock.now))
        let changes = preview.changes(besides: choices)
        #expect(changes.map(\.table) == ["organization", "contributor"])
        #expect(changes.map(\.added) == [1, 0] && changes.map(\.changed) == [[], ["lakeland"]])
        #expect(try await house.office.eventCount() == 1)
    }

    @Test("What the database or the ledger refuses is a refusal for whoever asked")
    func refusals() async throws {
        let house = try await TriedHouse()
        let input = ActionInput(
            form: [
                ("contributions.1.external_id", "brief-lakeland"), ("contributions.1.contributor", "lakeland"),
                ("contributions.1.amount", "1"),
                ("contributions.1.effective_on", "2024-01-31"), ("contributions.1.source", "charter"),
            ], currency: yen)
        let request = try #require(KeyedRequest(key: "key", body: []))
        await #expect(throws: Refusal.self) {
            try await house.office.office.perform(PostEntries.self, in: house.fund, input, by: .machineOperator, answering: request)
        }
        #expect(try await house.office.eventCount() == 1)
    }

    @Test("Documentation/actions.md names every action with its fields")
    func documented() throws {
        try Documented.section("actions", of: "actions.md", is: RequestedActions.all.map(Self.description).joined(separator: "\n\n"))
    }

    private static func description(of action: any RequestedAction.Type) -> String {
        let behalf = action.isRecordedOnBehalf ? " May be recorded on behalf of somebody who answered otherwise." : ""
        let rows = action.fields.flatMap { line($0, within: "") }
        return (["### `\(action.name)`", "", "\(action.right.rule)\(behalf)", "", "| field | | what |", "|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    private static func line(_ field: ActionField, within path: String) -> [String] {
        let name = path + field.name
        let need = field.isRequired ? "required" : "may be left out"
        let limit = "at most \(field.limit) bytes"
        switch field.kind {
        case .text: return ["| `\(name)` | \(need) | one line, \(limit) |"]
        case .lines: return ["| `\(name)` | \(need) | text, \(limit) |"]
        case .email: return ["| `\(name)` | \(need) | e-mail address |"]
        case .date(let isPartial): return ["| `\(name)` | \(need) | \(isPartial ? "`YYYY-MM-DD`, `YYYY-MM` or `YYYY`" : "`YYYY-MM-DD`") |"]
        case .amount:
            return [
                "| `\(name)` | \(need) | plain decimal in the fund's currency, \(field.takesZero ? "zero or more" : "above zero"), as a text |"
            ]
        case .wholeNumber: return ["| `\(name)` | \(need) | whole number |"]
        case .choice(let values): return ["| `\(name)` | \(need) | \(values.map { "`\($0)`" }.joined(separator: ", ")) |"]
        case .id(.party): return ["| `\(name)` | \(need) | id of an organization, or for the role `contributor` of a contributor |"]
        case .id(let reference):
            return ["| `\(name)` | \(need) | id of a \(reference.rawValue) |".replacing("a o", with: "an o").replacing("a e", with: "an e")]
        case .rows(let fields):
            return ["| `\(name)` | \(need) | list of at most \(field.limit) rows, each with: |"]
                + fields.flatMap { line($0, within: "\(name)[].") }
        case .answers:
            return ["| `\(name)` | \(need) | object: the answers by the ids of the form's fields; at most \(field.limit) bytes |"]
        case .document:
            return ["| `\(name)` | \(need) | file: `{\"name\": …, \"content\": BASE64}`, at most \(field.limit) bytes |"]
        case .sheet: return ["| `\(name)` | \(need) | CSV as a text, or a list of rows of texts; \(limit) |"]
        case .folder:
            return ["| `\(name)` | \(need) | object: the text of each file of the folder by its path, such as `records/sources.csv` |"]
        }
    }

    private func json(_ text: String) throws -> ActionInput {
        guard case .object(let members) = InputValue(json: Array(text.utf8)) else { throw Unexpected("not an object: \(text)") }
        return ActionInput(json: members, currency: yen)
    }

    /// Every row of every table.
    private func everything(_ house: TriedHouse) async throws -> [String: [[Value]]] {
        try await house.office.database.read { transaction in
            var rows: [String: [[Value]]] = [:]
            for table in try transaction.tables() {
                let key = Statement.joined(table.primaryKey.map { "\(name: $0)" }, separator: ", ")
                rows[table.name] = try transaction.rows("SELECT * FROM \(name: table.name) ORDER BY \(key)") { row in
                    try table.columns.map { try row.value($0.name) }
                }
            }
            return rows
        }
    }
}
