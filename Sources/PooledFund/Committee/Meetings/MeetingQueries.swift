internal import Ledger
internal import SQL

/// The SQL of meetings, of who was there and of what was said.
enum MeetingQueries {
    /// Every meeting of a fund, the latest first.
    static func meetings(of fund: String, in transaction: any ReadTransaction) throws -> [CommitteeMeeting] {
        try meetings("version.fund = \(fund)", fund, transaction)
    }

    static func meeting(_ id: String, of fund: String, in transaction: any ReadTransaction) throws -> CommitteeMeeting? {
        try meetings("version.fund = \(fund) AND version.id = \(id)", fund, transaction).first
    }

    private static func meetings(
        _ condition: Statement, _ fund: String, _ transaction: any ReadTransaction
    ) throws -> [CommitteeMeeting] {
        let found = try transaction.rows(
            """
            SELECT id, kind, title, held_on, place, note, closes_at FROM committee_meeting AS version
            WHERE \(condition) AND event = (
                SELECT MAX(event) FROM committee_meeting AS newer WHERE newer.fund = version.fund AND newer.id = version.id)
            ORDER BY held_on DESC, id
            """
        ) { row -> CommitteeMeeting? in
            guard let kind = CommitteeMeeting.Kind(rawValue: try row.text("kind")) else { return nil }
            let closes = try row.integer("closes_at")
            return CommitteeMeeting(
                id: try row.text("id"), kind: kind, title: try row.text("title"), heldOn: try CivilDate(parsing: try row.text("held_on")),
                place: try row.text("place"), note: try row.text("note"),
                closesAt: kind == .noObjection ? try Instant(microsecondsSince1970: closes) : nil)
        }.compactMap { $0 }
        guard !found.isEmpty else { return [] }
        let one: Statement = found.count == 1 ? "AND meeting = \(found[0].id)" : ""
        let (items, papers) = (try items(one, fund, transaction), try papers(one, fund, transaction))
        let (attendance, closures) = (try attendance(one, fund, transaction), try closures(one, fund, transaction))
        return found.map { meeting in
            var meeting = meeting
            meeting.items = items[meeting.id] ?? []
            meeting.papers = papers[meeting.id] ?? []
            meeting.attendance = attendance[meeting.id] ?? [:]
            meeting.closure = closures[meeting.id]
            return meeting
        }
    }

    private static func items(
        _ one: Statement, _ fund: String, _ transaction: any ReadTransaction
    ) throws -> [String: [CommitteeMeeting.AgendaItem]] {
        let rows = try transaction.rows(
            """
            SELECT meeting, proposal, document, version, position FROM committee_item AS item
            WHERE fund = \(fund) \(one) AND state = 'on' AND event = (
                SELECT MAX(event) FROM committee_item AS newer
                WHERE newer.fund = item.fund AND newer.meeting = item.meeting AND newer.proposal = item.proposal)
            ORDER BY meeting, position, proposal
            """
        ) { row -> (meeting: String, item: CommitteeMeeting.AgendaItem)? in
            guard let document = ProposalDocument(rawValue: try row.text("document")) else { return nil }
            let item = CommitteeMeeting.AgendaItem(
                proposal: try row.text("proposal"), document: document, version: Int(try row.integer("version")),
                position: Int(try row.integer("position")))
            return (try row.text("meeting"), item)
        }.compactMap { $0 }
        return Dictionary(grouping: rows, by: { $0.meeting }).mapValues { $0.map { $0.item } }
    }

    private static func papers(
        _ one: Statement, _ fund: String, _ transaction: any ReadTransaction
    ) throws -> [String: [CommitteeMeeting.Paper]] {
        let rows = try transaction.rows(
            """
            SELECT id, meeting, proposal, title, name, media_type, size, content_digest FROM committee_paper
            WHERE fund = \(fund) \(one) ORDER BY event, ordinal
            """
        ) { row in
            let proposal = try row.text("proposal")
            let paper = CommitteeMeeting.Paper(
                id: try row.text("id"), proposal: proposal.isEmpty ? nil : proposal, title: try row.text("title"),
                name: try row.text("name"), mediaType: try row.text("media_type"), size: Int(try row.integer("size")),
                digest: try row.bytes("content_digest"))
            return (meeting: try row.text("meeting"), paper: paper)
        }
        return Dictionary(grouping: rows, by: { $0.meeting }).mapValues { $0.map { $0.paper } }
    }

    private static func attendance(
        _ one: Statement, _ fund: String, _ transaction: any ReadTransaction
    ) throws -> [String: [String: CommitteeMeeting.Attendance]] {
        var all: [String: [String: CommitteeMeeting.Attendance]] = [:]
        try transaction.query(
            """
            SELECT meeting, seat, person, part FROM committee_attendance AS seated WHERE fund = \(fund) \(one) AND event = (
                SELECT MAX(event) FROM committee_attendance AS newer
                WHERE newer.fund = seated.fund AND newer.meeting = seated.meeting AND newer.seat = seated.seat)
            """
        ) { row in
            guard let part = CommitteeMeeting.Attendance.Part(rawValue: try row.text("part")) else { return }
            let person = try row.text("person")
            all[try row.text("meeting"), default: [:]][try row.text("seat")] = CommitteeMeeting.Attendance(
                person: person.isEmpty ? nil : person, part: part)
        }
        return all
    }

    private static func closures(_ one: Statement, _ fund: String, _ transaction: any ReadTransaction) throws -> [String: String] {
        let rows = try transaction.rows("SELECT meeting, note FROM committee_closure WHERE fund = \(fund) \(one)") {
            (try $0.text("meeting"), try $0.text("note"))
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    // MARK: What is said

    /// The latest answer of each seat on each item of a meeting.
    static func answers(of meeting: String, in fund: String, _ transaction: any ReadTransaction) throws -> [ItemAnswer] {
        try transaction.rows(
            """
            SELECT given.proposal AS proposal, given.seat AS seat, given.person AS person, given.answer AS answer, given.reason AS reason,
                audit_event.recorded_at AS given_at
            FROM committee_answer AS given
            JOIN audit_event ON audit_event.fund = given.fund AND audit_event.sequence = given.event
            WHERE given.fund = \(fund) AND given.meeting = \(meeting) AND given.event = (
                SELECT MAX(event) FROM committee_answer AS newer WHERE newer.fund = given.fund AND newer.meeting = given.meeting
                AND newer.proposal = given.proposal AND newer.seat = given.seat)
            ORDER BY given.proposal, given.event
            """
        ) { row -> ItemAnswer? in
            guard let answer = ItemAnswer.Answer(rawValue: try row.text("answer")) else { return nil }
            return ItemAnswer(
                proposal: try row.text("proposal"), seat: try row.text("seat"), person: try row.text("person"), answer: answer,
                reason: try row.text("reason"), givenAt: try Instant(microsecondsSince1970: try row.integer("given_at")))
        }.compactMap { $0 }
    }

    /// What was said of the items of a meeting, oldest first.
    static func comments(of meeting: String, in fund: String, _ transaction: any ReadTransaction) throws -> [ItemComment] {
        try transaction.rows(
            """
            SELECT id, proposal, author, remark, written_at FROM committee_comment WHERE fund = \(fund) AND meeting = \(meeting)
            ORDER BY written_at, id
            """
        ) { row in
            ItemComment(
                id: try row.text("id"), proposal: try row.text("proposal"), author: try row.text("author"), remark: try row.text("remark"),
                writtenAt: try Instant(microsecondsSince1970: try row.integer("written_at")))
        }
    }

    static func insert(_ comment: ItemComment, of meeting: String, in fund: String, _ transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO committee_comment (id, fund, meeting, proposal, author, remark, written_at)
            VALUES (\(comment.id), \(fund), \(meeting), \(comment.proposal), \(comment.author), \(comment.remark),
                \(comment.writtenAt.microsecondsSince1970))
            """)
    }

    /// What people declared of proposals, by proposal and person.
    static func declaredInterests(of fund: String, in transaction: any ReadTransaction) throws -> [String: [String: String]] {
        var all: [String: [String: String]] = [:]
        try transaction.query(
            """
            SELECT proposal, person, statement FROM declared_interest AS version WHERE fund = \(fund) AND state = 'declared' AND event = (
                SELECT MAX(event) FROM declared_interest AS newer
                WHERE newer.fund = version.fund AND newer.proposal = version.proposal AND newer.person = version.person)
            """
        ) { all[try $0.text("proposal"), default: [:]][try $0.text("person")] = try $0.text("statement") }
        return all
    }
}
