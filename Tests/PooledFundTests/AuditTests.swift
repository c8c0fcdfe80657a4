import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

@Suite("The audit chain")
struct AuditTests {
    @Test("An untouched chain is intact, contains its head, and counts what it verified")
    func intact() async throws {
        let record = try await AuditedRecord()
        let verification = try await AuditVerification.run(on: record.database, expecting: [record.head])
        #expect(verification.isIntact, "\(verification.findings)")
        #expect(verification.eventCount == 24)
        #expect(verification.heads[AuditedRecord.fund] == record.head)
        #expect(Set(verification.heads.keys) == [AuditedRecord.fund, AuditedRecord.fundOfPeople, PeopleChain.name])
        #expect(verification.rowCount > 150)
        #expect(try await LedgerVerification.run(on: AuditedRecord.fund, database: record.database).isIntact)
    }

    /// Computed with Python's hashlib from the documented format alone: `version` and purpose as texts, then the fields; a null is 00, an integer 01 and eight
    /// bytes, a text 02, its length in eight bytes and its UTF-8, bytes 03, their length and themselves; integers big-endian, two's complement.
    @Test("The bytes and hashes of the chain are those of the documented format, for good")
    func golden() throws {
        let posting = AuditChain.rowDigest(
            table: .posting, fund: "river-towns", event: 1, ordinal: 1,
            values: [.text("e-1"), .integer(1), .text("contributions"), .integer(-5), .text("JPY"), .text("naher"), .null, .null])
        #expect(hexadecimal(posting) == "b543239c845e1ee9b9893d35fd19a1e93cb153ac2981d11176abbd22d700dc10")
        let text = AuditChain.rowDigest(
            table: .fundText, fund: "river-towns", event: 1, ordinal: 2, values: [.text("overview"), .text("Größe 🌊\n")])
        #expect(hexadecimal(text) == "089ce72336e404a58605c3dcc27ad76289dafeb138008dccc13cd33c3ef7d078")
        let rows = AuditChain.rowsDigest([posting, text])
        #expect(hexadecimal(rows) == "0bfc46db1209e68ad375c5eba1025772d7b35ca4cf85d9d8115e1e159fb450a1")
        let body = AuditChain.bodyDigest(salt: [UInt8](0..<32), body: Array(#"{"a":1}"#.utf8))
        #expect(hexadecimal(body) == "ef5392b83df837824ac29790b1040ffb9f83acef6a6f217b87670ec28081a367")
        let event = AuditEvent(
            fund: "river-towns", sequence: 1, recordedAt: try Instant(parsing: "2024-02-01T09:00:00Z"), actor: "machine-operator",
            action: "load-fund",
            hasPublicEffect: true, rowCount: 2, rowsDigest: rows, bodyDigest: body, previousHash: AuditChain.origin)
        #expect(hexadecimal(AuditChain.hash(of: event)) == "95056fb8a5c34f9f644d0ecd42fcd9009ef6bd09d35417b0f20420c3da41cfa8")
    }

    @Test("A head is written and read as sequence and hash")
    func heads() throws {
        let head = ChainHead(sequence: 12, hash: [UInt8](0..<32))
        #expect(head.description == "12:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        #expect(ChainHead(parsing: head.description) == head)
        #expect(ChainHead(parsing: head.description.uppercased()) == head)
        for text in [
            "", "12", "12:", "0:" + head.description.dropFirst(3), "-1:" + head.description.dropFirst(3), head.description + "0",
            "12:" + String(repeating: "g", count: 64),
        ] {
            #expect(ChainHead(parsing: text) == nil, "\(text)")
        }
    }

    @Test(
        "An altered field of an event is found, at that event or the next",
        arguments: [
            "recorded_at = recorded_at + 1", "recorded_at = recorded_at - 1000000", "recorded_at = 9223372036854775807",
            "actor = 'someone-else'", "action = 'load-Fund'",
            "public_effect = 1 - public_effect", "row_count = row_count + 1", "row_count = 9223372036854775807", "row_count = 0",
            "rows_digest = \(SpoilingSQL.zeros)", "body_digest = \(SpoilingSQL.zeros)", "previous_hash = \(SpoilingSQL.zeros)",
            "hash = \(SpoilingSQL.zeros)",
        ])
    func alteredEvent(change: String) async throws {
        let record = try await AuditedRecord(after: "UPDATE audit_event SET \(change) WHERE sequence = 2 AND fund = 'river-towns'")
        let findings = try await record.findings()
        #expect(findings.contains { $0.event == 2 && $0.fund == AuditedRecord.fund }, "\(findings)")
    }

    @Test("A body that is altered, removed, put back after its erasure, or of no event is found")
    func bodies() async throws {
        try await expect(
            "UPDATE audit_body SET body = \(SpoilingSQL.lengthened("body")) WHERE sequence = 1 AND fund = 'river-towns'", event: 1,
            "its body was altered")
        try await expect(
            "UPDATE audit_body SET salt = \(SpoilingSQL.zeros) WHERE sequence = 1 AND fund = 'river-towns'", event: 1,
            "its body was altered")
        try await expect(
            "DELETE FROM audit_body WHERE sequence = 1 AND fund = 'river-towns'", event: 1,
            "its body is missing, and no erasure is on record")
        try await expect(
            "UPDATE audit_body SET sequence = 2 WHERE sequence = 1 AND fund = 'river-towns'", event: 2,
            "its body was erased, and is there again")
        try await expect(
            "INSERT INTO audit_body SELECT fund, 77, salt, body FROM audit_body WHERE sequence = 1 AND fund = 'river-towns'", event: 77,
            "a body names this event")
    }

    @Test("A removed event is found: in the middle at once, at the end by the head that was published")
    func removedEvents() async throws {
        try await expect("DELETE FROM audit_event WHERE sequence = 2 AND fund = 'river-towns'", event: 3, "event 2 is missing before it")
        try await expect(
            "DELETE FROM audit_event WHERE sequence = 2 AND fund = 'river-towns'", event: 2,
            "a row of organization names this event, which is not on record")
        try await expect(
            "DELETE FROM audit_event WHERE sequence IN (1, 2) AND fund = 'river-towns'", event: 3, "events 1 to 2 are missing before it")
        let everything =
            (AuditedTable.all.map { "DELETE FROM \($0.name) WHERE event = 4 AND fund = 'river-towns'" } + [
                "DELETE FROM audit_event WHERE sequence = 4 AND fund = 'river-towns'",
                "DELETE FROM audit_body WHERE sequence = 4 AND fund = 'river-towns'",
            ])
        let record = try await AuditedRecord(after: everything.joined(separator: "; "))
        #expect(try await record.findings().isEmpty)
        let findings = try await record.findings(expecting: [record.head])
        #expect(findings.count == 1)
        #expect(findings.first?.event == 4)
        #expect(findings.first?.problem.contains("the last events were removed, or the chain was rewritten") == true)
    }

    @Test("An inserted event and events that changed places are found")
    func insertedAndSwapped() async throws {
        let columns = "recorded_at, actor, action, public_effect, row_count, rows_digest, body_digest, previous_hash"
        try await expect(
            "INSERT INTO audit_event (fund, sequence, \(columns), hash) SELECT fund, 5, \(columns), \(SpoilingSQL.zeros) FROM audit_event WHERE sequence = 4 AND fund = 'river-towns'",
            event: 5, "it does not follow from the event before it")
        try await expect(
            "UPDATE audit_event SET sequence = 99 WHERE sequence = 3 AND fund = 'river-towns'; UPDATE audit_event SET sequence = 3 WHERE sequence = 4 AND fund = 'river-towns'; UPDATE audit_event SET sequence = 4 WHERE sequence = 99 AND fund = 'river-towns'",
            event: 3, "it does not follow from the event before it")
    }

    @Test("An altered value is found in every column of every table, and its row is named", arguments: AuditedTable.all.map(\.name))
    func alteredRows(name: String) async throws {
        let table = try #require(AuditedTable.all.first { $0.name == name })
        for column in table.columns {
            let value =
                integers.contains("\(name).\(column)")
                ? "\(column) + 10" : bytes.contains("\(name).\(column)") ? SpoilingSQL.zeros : "COALESCE(\(column), '') || 'x'"
            let record = try await AuditedRecord(
                after: "UPDATE \(name) SET \(column) = \(value) WHERE \(SpoilingSQL.isFirstRow(of: name))")
            let findings = try await record.findings()
            #expect(findings.contains { $0.problem.contains("was altered: \(name) ") }, "\(column): \(findings)")
        }
    }

    @Test("A text to which something was added behind a U+0000 is found, where the engine can hold one at all")
    func hiddenText() async throws {
        switch TestDatabase.engine {
        case .sqlite:
            try await expect(
                "UPDATE source SET title = title || char(0) || 'hidden' WHERE id = 'charter' AND fund = 'river-towns'", event: 1, "row ")
            try await expect(
                "UPDATE audit_event SET actor = actor || char(0) WHERE sequence = 1 AND fund = 'river-towns'", event: 1, "it was altered")
        case .postgresql:
            let place = try TestDatabase()
            #expect(throws: (any Error).self) { try place.alter("SELECT 'quay' || chr(0) || 'hidden'") }
            #expect(throws: (any Error).self) { try place.alter("SELECT convert_from('quay\\000hidden', 'UTF8')") }
        }
    }

    @Test("A removed, an inserted and a moved row are found in every table", arguments: AuditedTable.all.map(\.name))
    func movedRows(name: String) async throws {
        let table = try #require(AuditedTable.all.first { $0.name == name })
        let row = SpoilingSQL.isFirstRow(of: name)
        let (event, last, count) = try await AuditedRecord.place(ofFirstRowOf: name)
        try await expect("DELETE FROM \(name) WHERE \(row)", event: event, "row ")

        // A copy of the row under another key: its first column, and where two are not to be shared, the second too.
        let first = try #require(table.columns.first)
        let key = "\(name).\(first)"
        let other = integers.contains(key) ? "\(first) + 100" : bytes.contains(key) ? SpoilingSQL.zeros : "\(first) || 'y'"
        let values = ([other] + table.columns.dropFirst()).joined(separator: ", ").replacing("external_id", with: "external_id || 'y'")
        try await expect(
            """
            INSERT INTO \(name) (fund, event, ordinal, digest, \(table.columns.joined(separator: ", ")))
            SELECT fund, \(last), 9999, digest, \(values) FROM \(name) WHERE \(row)
            """, event: last, "a row was inserted: \(name), row 9999 of \(count)")

        let moved = "UPDATE \(name) SET event = \(last), ordinal = 9998 WHERE \(row)"
        try await expect(moved, event: last, "a row was inserted: \(name), row 9998 of \(count)")
        try await expect(moved, event: event, "row ")
    }

    private let integers: Set<String> = [
        "audit_erasure.erased_event", "entry.recorded_at", "posting.number", "posting.amount", "role_end.ended_at",
        "proposal_version.number", "proposal_version.thematic_area", "proposal_version.duration_months", "proposal_version.budget",
        "proposal_amount.number", "proposal_amount.amount", "proposal_stage.version", "revision_due.due_at",
        "proposal_call.opens_at", "proposal_call.closes_at",
        "proposal_attachment.size", "proposal_sign_off.number", "eligibility_finding.number", "assessment.number",
        "assessment_score.number",
        "assessment_score.score", "final_score.number", "final_score.hundredths", "final_score.threshold", "final_score.spread",
        "final_score.is_moderated", "final_score_criterion.number", "final_score_criterion.weight", "final_score_criterion.full_marks",
        "final_score_criterion.sum", "final_score_criterion.readers",
        "committee_meeting.closes_at", "committee_item.version", "committee_item.position", "committee_paper.size",
        "cash_statement.deposits", "cash_statement.income", "cash_statement.fees", "cash_statement.transferred", "cash_statement.reserved",
        "cash_agreement.amount", "cash_transfer.amount", "slate_amount.amount", "slate_for_meeting.saved_by", "soft_earmark.amount",
        "decision.version", "decision_amount.amount", "decision_condition.number", "pipeline_cost.amount",
    ]
    private let bytes: Set<String> = [
        "person.particulars_digest", "recorded_on_behalf.document", "proposal_version.content_digest",
        "proposal_attachment.content_digest", "proposal_sign_off.content_digest", "proposal_sign_off.page_digest",
        "committee_paper.content_digest", "cash_statement.document_digest", "decision.content_digest", "decision.minutes_digest",
    ]

    @Test("Two rows of an event that changed places are found")
    func swappedRows() async throws {
        try await expect(
            """
            UPDATE source SET ordinal = 9999 WHERE id = 'charter' AND fund = 'river-towns';
            UPDATE source SET ordinal = ordinal - 1 WHERE id = 'brief-2024' AND fund = 'river-towns';
            UPDATE source SET ordinal = (SELECT ordinal + 1 FROM source WHERE id = 'brief-2024' AND fund = 'river-towns') WHERE id = 'charter' AND fund = 'river-towns'
            """, event: 1, "row ")
    }

    @Test(
        "One flipped bit in the files is found: in an event, in a body, in an entry, in the Terms",
        arguments: ["machine-operator", "erase-event-body", #""erased_event""#, "The founding gift", SpoilingSQL.ofTheTerms])
    func flippedBit(text: String) async throws {
        for bit in [0, 3, 7] {
            let record = try await AuditedRecord(isInFiles: true) { try $0.flip(bit: bit, of: text) }
            let findings = try await record.findings()
            #expect(!findings.isEmpty)
            // The Terms cannot even be read with some of their bits flipped; that is not passed over either.
            for fund in [AuditedRecord.fund, AuditedRecord.fundOfPeople] where text != SpoilingSQL.ofTheTerms {
                guard findings.contains(where: { $0.fund == fund }) else { continue }
                #expect(try await !LedgerVerification.run(on: fund, database: record.database).isIntact)
            }
        }
    }

    @Test("A posting whose amount is altered unbalances its entry, which the ledger's verification names")
    func alteredPosting() async throws {
        let record = try await AuditedRecord(after: "UPDATE posting SET amount = amount + 1 WHERE \(SpoilingSQL.isFirstRow(of: "posting"))")
        let findings = try await LedgerVerification.run(on: AuditedRecord.fund, database: record.database).findings
        #expect(findings.contains { $0.contains("exceed") }, "\(findings)")
        #expect(findings.contains { $0.contains("was altered: posting") }, "\(findings)")
    }

    @Test("An erasure takes the body away and leaves the chain whole")
    func erasure() async throws {
        let record = try await AuditedRecord()
        let sequences = try await record.database.read {
            try $0.rows("SELECT sequence FROM audit_body WHERE fund = 'river-towns' ORDER BY sequence") { try $0.integer("sequence") }
        }
        #expect(sequences == [1, 3, 4])
        #expect(try await record.findings(expecting: [record.head]).isEmpty)
    }

    @Test("An erasure of what is not there is refused, and of what is erased already changes nothing")
    func repeatedErasure() async throws {
        let record = try await AuditedRecord()
        let clock = try SettableClock("2024-03-01T00:00:00Z")
        let office = try await Office(database: record.database, clock: { clock.now })
        #expect(
            try await office.perform(EraseEventBody(fund: AuditedRecord.fund, event: 2, reason: "again"), by: .machineOperator).event == nil
        )
        for event: Int64 in [0, -1, 5, 99] {
            await #expect(throws: Refusal.self) {
                try await office.perform(EraseEventBody(fund: AuditedRecord.fund, event: event, reason: "x"), by: .machineOperator)
            }
        }
    }

    private func expect(_ statements: String, event: Int64, _ problem: String, sourceLocation: SourceLocation = #_sourceLocation)
        async throws
    {
        let findings = try await AuditedRecord(after: statements).findings()
        let found = findings.contains { $0.event == event && $0.problem.hasPrefix(problem) }
        #expect(found, "\(findings)", sourceLocation: sourceLocation)
    }
}
