internal import SQL

extension Office {
    /// The name of a fund that is used in headings; nil for a fund that is not on record. Quicker than reading all that is recorded of it.
    public nonisolated func fundName(_ fund: String) async throws -> String? {
        try await database.read { try TermsOnRecord.read(fund, in: $0)?.identity.knownAs }
    }

    /// The name of an organization, or for the role of a contributor of a contributor; nil if the fund does not know it.
    public nonisolated func partyName(_ id: String, of role: Role, in fund: String) async throws -> String? {
        let kind: RecordKind = role.party == .contributor ? .contributors : .organizations
        return try await database.read { transaction in
            try RecordQueries.current(kind, of: fund, known: .max, in: transaction).first { $0["id"] == id }?["name"]
        }
    }
}
