import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("What lets people in, and what no longer does")
struct AccessTests {
    private let house: TriedHouse
    private var office: Office { house.office.office }
    private var fund: String { house.fund }
    private var now: Instant { house.people.now }

    init() async throws {
        house = try await TriedHouse()
    }

    @Test("A password that was changed while it was checked opens no session, nor does one beside a second factor set up meanwhile")
    func provedAgainstWhatIsNoMore() async throws {
        let person = try await house.people.admit(.contributor).person
        try await house.people.write("INSERT INTO credential (person, password_hash, changed_at) VALUES (\(person), 'old', 1)")
        let account = try #require(try await office.signInAccount(of: person, now: now))
        func open(_ digit: UInt8) async throws {
            let session = NewSession(digest: Array(repeating: digit, count: 32), person: person, stage: .password, agent: "A test")
            try await office.open(session, provedAgainst: account, now: now)
        }
        try await open(1)
        try await house.people.write("UPDATE credential SET password_hash = 'new' WHERE person = \(person)")
        let changed = await #expect(throws: Refusal.self) { try await open(2) }
        #expect(changed?.kind == .right && changed?.remedy == "sign in again")
        try await house.people.write("UPDATE credential SET password_hash = 'old' WHERE person = \(person)")
        try await house.people.write(
            """
            INSERT INTO second_factor (person, secret, confirmed_at, last_step)
            VALUES (\(person), \(Array(repeating: 1, count: 20) as [UInt8]), 1, 1)
            """)
        await #expect(throws: Refusal.self) { try await open(3) }
        #expect(try await count("SELECT COUNT(*) AS n FROM session WHERE agent = 'A test' AND level = 'password'") == 1)
    }

    @Test("Whoever removes their second factor has sessions and tokens that prove no more than the password")
    func levelsAreLowered() async throws {
        let admitted = try await house.people.admit(.contributor)
        try await house.people.write(
            """
            INSERT INTO second_factor (person, secret, confirmed_at, last_step)
            VALUES (\(admitted.person), \(Array(repeating: 1, count: 20) as [UInt8]), 1, 1)
            """)
        _ = try await house.people.token(of: admitted.person)
        guard case .session(let digest) = admitted.actor.passage else { throw Unexpected("no session") }
        _ = try await office.perform(ChangeAccess.removingSecondFactor(admitted.person, from: digest, now: now), by: admitted.actor)
        for table in ["session", "access_token"] {
            #expect(
                try await count("SELECT COUNT(*) AS n FROM \(name: table) WHERE person = \(admitted.person) AND level = 'password'") > 0,
                "\(table)")
            #expect(
                try await count("SELECT COUNT(*) AS n FROM \(name: table) WHERE person = \(admitted.person) AND level <> 'password'") == 0,
                "\(table)")
        }
    }

    @Test("An administrator loads neither money nor the rules that bind administrators; the operator of the machine does")
    func whatAdministratorsDoNotLoad() async throws {
        let administrator = try await house.people.admit(.administrator).actor
        func load(by actor: Actor) async throws -> Int {
            try await office.perform(LoadFund(folder: try house.folder.read()), by: actor).outcome.added
        }
        try house.folder.append("new-town,New Town (fictional),,academia,,,charter", to: "records/organizations.csv")
        #expect(try await load(by: administrator) == 1)
        let contributions = try house.folder.text("records/contributions.csv").split(separator: "\n")
        let first = String(try #require(contributions.dropFirst().first))
        let another = first.replacing(try #require(first.split(separator: ",").first), with: "another-gift")
        try house.folder.append(another, to: "records/contributions.csv")
        let money = await #expect(throws: Refusal.self) { try await load(by: administrator) }
        #expect(money?.kind == .right && money?.remedy == "ask the operator of the machine to load the folder")
        #expect(try await load(by: .machineOperator) == 1)
        try house.folder.replace("traces_days: 30", with: "traces_days: 31", in: "terms.yaml")
        let rules = await #expect(throws: Refusal.self) { try await load(by: administrator) }
        #expect(rules?.kind == .right && rules?.reason.contains("changed by the operator") ?? false)
        _ = try await load(by: .machineOperator)
    }

    @Test(
        "How long anything is kept has bounds",
        arguments: [
            ("particulars_years: 5", "particulars_years: 101"), ("traces_days: 30", "traces_days: 6"),
            ("traces_days: 30", "traces_days: 3651"),
        ])
    func retention(stands: String, wrong: String) throws {
        let folder = try FolderCopy()
        try folder.replace(stands, with: wrong, in: "terms.yaml")
        #expect(folder.faults().map { $0.field } == ["people.retention.\(wrong.split(separator: ":")[0])"])
    }

    @Test("Answers to requests and notices go once they are older than the Terms keep traces, and not a second before")
    func oldTracesGo() async throws {
        let person = try await house.people.admit(.contributor).person
        let day = Int64(86_400) * 1_000_000
        for table in ["mailed_notice", "notice"] { try await house.people.write("DELETE FROM \(name: table)") }
        for (id, age) in [("00000000-0000-0000-0000-00000000000a", 30 * day + 1), ("00000000-0000-0000-0000-00000000000b", 30 * day)] {
            let at = now.microsecondsSince1970 - age
            try await house.people.write(
                """
                INSERT INTO notice (id, person, fund, kind, arguments, created_at, read_at)
                VALUES (\(id), \(person), \(fund), 'role-given', '{}', \(at), NULL)
                """)
            try await house.people.write(
                """
                INSERT INTO answered_request (fund, actor, key, request_digest, answer, recorded_at)
                VALUES (\(fund), \(person), \(id), \(Array(repeating: 1, count: 32) as [UInt8]), '{}', \(at))
                """)
        }
        try await office.deleteOldTraces(now: now)
        #expect(try await count("SELECT COUNT(*) AS n FROM notice") == 1)
        #expect(try await count("SELECT COUNT(*) AS n FROM answered_request") == 1)
    }

    @Test("A request of more than ten thousand values is no request, whatever its size")
    func tooManyValues() {
        func list(_ count: Int) -> [UInt8] { Array("[\(Array(repeating: "1", count: count).joined(separator: ","))]".utf8) }
        #expect(InputValue(json: list(10_000)) != nil)
        #expect(InputValue(json: list(10_001)) == nil)
        // Commas within a text are no values.
        #expect(InputValue(json: Array("[\"\(String(repeating: ",", count: 20_000))\"]".utf8)) != nil)
    }

    private func count(_ statement: Statement) async throws -> Int64 {
        try await house.office.database.read { try $0.first(statement)?.integer("n") ?? -1 }
    }
}
