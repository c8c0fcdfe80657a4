internal import SQL

/// The SQL of attached files.
enum DocumentQueries {
    static func keep(_ document: AttachedDocument, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO document_content (digest, media_type, name, content)
            VALUES (\(document.digest), \(document.mediaType), \(document.name), \(document.content))
            ON CONFLICT (digest) DO NOTHING
            """)
    }

    /// What a file holds, by its digest; nil if it is not kept.
    static func content(_ digest: [UInt8], in transaction: any ReadTransaction) throws -> [UInt8]? {
        try transaction.first("SELECT content FROM document_content WHERE digest = \(digest)")?.bytes("content")
    }

    static func forEach(in transaction: any ReadTransaction, _ each: (_ digest: [UInt8], _ content: [UInt8]) throws -> Void) throws {
        try transaction.query("SELECT digest, content FROM document_content ORDER BY digest") {
            try each(try $0.bytes("digest"), try $0.bytes("content"))
        }
    }

    /// The digests of documents that the record names and that are not there.
    static func missing(in transaction: any ReadTransaction) throws -> [[UInt8]] {
        try transaction.rows(
            """
            SELECT DISTINCT document FROM recorded_on_behalf WHERE document NOT IN (SELECT digest FROM document_content)
            AND person NOT IN (SELECT person FROM person_erasure WHERE fund = \(PeopleChain.name))
            UNION SELECT content_digest AS document FROM proposal_attachment
            WHERE content_digest NOT IN (SELECT digest FROM document_content)
            UNION SELECT page_digest AS document FROM proposal_sign_off
            WHERE page_digest IS NOT NULL AND page_digest NOT IN (SELECT digest FROM document_content)
            UNION SELECT content_digest AS document FROM committee_paper
            WHERE content_digest NOT IN (SELECT digest FROM document_content)
            UNION SELECT document_digest AS document FROM cash_statement
            WHERE document_digest NOT IN (SELECT digest FROM document_content)
            UNION SELECT minutes_digest AS document FROM decision
            WHERE minutes_digest IS NOT NULL AND minutes_digest NOT IN (SELECT digest FROM document_content)
            """
        ) { try $0.bytes("document") }
    }
}
