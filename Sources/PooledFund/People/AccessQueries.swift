internal import SQL

/// The SQL of how people get in.
enum AccessQueries {
    /// Whether somebody can sign in: has a password, or an identity of a provider.
    static func hasJoined(_ person: String, in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS one FROM credential WHERE person = \(person)
            UNION ALL SELECT 1 AS one FROM linked_identity WHERE person = \(person) LIMIT 1
            """) != nil
    }
}
