internal import SQL

extension Office {
    private static let demonstrationMark = "demonstration"

    /// Keeps demonstrations and real records apart: in a demonstration anybody on the machine goes in as anybody.
    ///
    /// A record without people that is to be a demonstration is marked as one, for ever.
    ///
    /// - Throws: `Refusal` if a record with people is to be a demonstration, or a demonstration is to be served as a fund's own.
    public nonisolated func requireMark(isDemonstration: Bool) async throws {
        try await database.write { transaction in
            switch (isDemonstration, try HouseMarkQueries.has(Self.demonstrationMark, in: transaction)) {
            case (true, true), (false, false): return
            case (false, true):
                throw Refusal(
                    "the record is a demonstration's, with accounts that need no password",
                    remedy: "serve it with --demo, or give another --database")
            case (true, false):
                guard try !HouseMarkQueries.hasPeople(in: transaction) else {
                    throw Refusal(
                        "the record holds people, and a demonstration lets anybody on this machine in as anybody",
                        remedy: "leave --demo out, or give another --database")
                }
                try HouseMarkQueries.set(Self.demonstrationMark, in: transaction)
            }
        }
    }
}
