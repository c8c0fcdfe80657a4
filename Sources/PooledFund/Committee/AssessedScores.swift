internal import SQL

/// The final scores that the committee looks at, by the codes of the proposals.
enum AssessedScores {
    struct Score: Sendable, Hashable {
        /// Of full marks, in hundredths of a per cent: 0 to 10,000.
        let hundredths: Int
        let isAboveThreshold: Bool
    }

    /// None as long as assessments are not on record.
    static func read(of fund: String, in transaction: any ReadTransaction) throws -> [String: Score] { [:] }
}
