internal import Ledger
internal import SQL

/// The SQL of what is being written. None of it is of the record: see `OperationalTable`.
enum DraftQueries {
    /// A document that is being written.
    struct Place: Sendable {
        let fund: String
        let proposal: String
        let document: ProposalDocument

        fileprivate var condition: Statement {
            "fund = \(fund) AND proposal = \(proposal) AND document = \(document.rawValue)"
        }
    }

    /// By the ids of the sections.
    static func drafts(of place: Place, in transaction: any ReadTransaction) throws -> [String: SectionDraft] {
        let rows = try transaction.rows(
            "SELECT section, revision, answers, author, saved_at FROM proposal_draft WHERE \(place.condition)"
        ) { row in
            SectionDraft(
                section: try row.text("section"), revision: Int(try row.integer("revision")),
                answers: SectionAnswers(stored: try row.text("answers")), author: try row.text("author"),
                savedAt: try Instant(microsecondsSince1970: try row.integer("saved_at")))
        }
        return Dictionary(rows.map { ($0.section, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What is written in some sections of many proposals, by the sections' ids, within the proposal's code and the document with a space between.
    ///
    /// - Parameters:
    ///   - codes: only of these proposals; nil for all.
    ///   - organizations: only of proposals in which one of them takes or took part; nil for all.
    static func answers(
        to sections: [String], of fund: String, among codes: [String]? = nil, organizations: [String]?, in transaction: any ReadTransaction
    ) throws -> [String: [String: SectionAnswers]] {
        let ofThose: Statement =
            organizations.map {
                """
                 AND proposal IN (SELECT proposal FROM proposal_organization WHERE fund = \(fund) AND organization IN \(.list($0.map(\.sqlValue))))
                """
            } ?? ""
        let among: Statement = codes.map { " AND proposal IN \(.list($0.map(\.sqlValue)))" } ?? ""
        var found: [String: [String: SectionAnswers]] = [:]
        try transaction.query(
            """
            SELECT proposal, document, section, answers FROM proposal_draft
            WHERE fund = \(fund) AND section IN \(.list(sections.map(\.sqlValue)))\(ofThose)\(among)
            """
        ) { row in
            let place = "\(try row.text("proposal")) \(try row.text("document"))"
            found[place, default: [:]][try row.text("section")] = SectionAnswers(stored: try row.text("answers"))
        }
        return found
    }

    static func put(_ draft: SectionDraft, in place: Place, _ transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO proposal_draft (fund, proposal, document, section, revision, answers, author, saved_at)
            VALUES (\(place.fund), \(place.proposal), \(place.document.rawValue), \(draft.section), \(Int64(draft.revision)),
                \(draft.answers.json), \(draft.author), \(draft.savedAt.microsecondsSince1970))
            ON CONFLICT (fund, proposal, document, section) DO UPDATE SET revision = excluded.revision, answers = excluded.answers,
                author = excluded.author, saved_at = excluded.saved_at
            """)
    }

    // MARK: Beside

    static func asides(of author: String, in place: Place, _ transaction: any ReadTransaction) throws -> [String: DraftAside] {
        let rows = try transaction.rows(
            """
            SELECT section, author, revision, answers, saved_at FROM proposal_draft_aside
            WHERE \(place.condition) AND author = \(author)
            """
        ) { row in
            DraftAside(
                section: try row.text("section"), author: try row.text("author"), revision: Int(try row.integer("revision")),
                answers: SectionAnswers(stored: try row.text("answers")),
                savedAt: try Instant(microsecondsSince1970: try row.integer("saved_at")))
        }
        return Dictionary(rows.map { ($0.section, $0) }, uniquingKeysWith: { first, _ in first })
    }

    static func put(_ aside: DraftAside, in place: Place, _ transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO proposal_draft_aside (fund, proposal, document, section, author, revision, answers, saved_at)
            VALUES (\(place.fund), \(place.proposal), \(place.document.rawValue), \(aside.section), \(aside.author),
                \(Int64(aside.revision)), \(aside.answers.json), \(aside.savedAt.microsecondsSince1970))
            ON CONFLICT (fund, proposal, document, section, author) DO UPDATE SET revision = excluded.revision,
                answers = excluded.answers, saved_at = excluded.saved_at
            """)
    }

    static func removeAside(of author: String, section: String, in place: Place, _ transaction: any WriteTransaction) throws {
        try transaction.execute(
            "DELETE FROM proposal_draft_aside WHERE \(place.condition) AND section = \(section) AND author = \(author)")
    }

    // MARK: Owners

    static func owners(in place: Place, _ transaction: any ReadTransaction) throws -> [String: String] {
        let rows = try transaction.rows("SELECT section, owner FROM proposal_section_owner WHERE \(place.condition)") {
            (try $0.text("section"), try $0.text("owner"))
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    static func put(owner: String, of section: String, in place: Place, _ transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO proposal_section_owner (fund, proposal, document, section, owner)
            VALUES (\(place.fund), \(place.proposal), \(place.document.rawValue), \(section), \(owner))
            ON CONFLICT (fund, proposal, document, section) DO UPDATE SET owner = excluded.owner
            """)
    }

    // MARK: Comments

    static func comments(in place: Place, _ transaction: any ReadTransaction) throws -> [SectionComment] {
        try transaction.rows(
            """
            SELECT id, section, audience, author, remark, written_at, settled_at FROM proposal_comment
            WHERE \(place.condition) ORDER BY written_at, id
            """
        ) { row -> SectionComment? in
            guard let audience = SectionComment.Audience(rawValue: try row.text("audience")) else { return nil }
            return SectionComment(
                id: try row.text("id"), section: try row.text("section"), audience: audience, author: try row.text("author"),
                remark: try row.text("remark"), writtenAt: try Instant(microsecondsSince1970: try row.integer("written_at")),
                settledAt: try row.optionalInteger("settled_at").map { try Instant(microsecondsSince1970: $0) })
        }.compactMap { $0 }
    }

    static func insert(_ comment: SectionComment, in place: Place, _ transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO proposal_comment (id, fund, proposal, document, section, audience, author, remark, written_at, settled_at)
            VALUES (\(comment.id), \(place.fund), \(place.proposal), \(place.document.rawValue), \(comment.section),
                \(comment.audience.rawValue), \(comment.author), \(comment.remark), \(comment.writtenAt.microsecondsSince1970), NULL)
            """)
    }

    static func settle(_ comment: String, at now: Instant, in place: Place, _ transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE proposal_comment SET settled_at = \(now.microsecondsSince1970)
            WHERE \(place.condition) AND id = \(comment) AND settled_at IS NULL
            """)
    }
}
