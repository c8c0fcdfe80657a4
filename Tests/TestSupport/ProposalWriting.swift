public import PooledFund

/// What people of the made-up fund write, by its forms.
public struct ProposalWriting: Sendable {
    public let office: Office
    public let fund: String

    public init(_ office: Office, fund: String = "river-towns") {
        self.office = office
        self.fund = fund
    }

    /// A concept note that nothing is missing in.
    public static let conceptNote: [String: [String: InputValue]] = [
        "boat": [
            "title": .text("Boats for two banks (fictional)"), "area": .text("1"), "aims": texts("1", "2"), "banks": texts("XAA", "XAB"),
            "winters": .text("24"), "story": .text("Because of the water — بسبب الماء — 因为水 — из-за воды"),
        ],
        "crew": ["gender": .text("2"), "harbours": rows(["town": .text("Example City (fictional)"), "berths": .text("7")])],
        "purse": [
            "costs": rows(
                ["organization": .text("river-office"), "category": .text("1"), "year": .text("1"), "amount": .text("1000000")],
                ["organization": .text("bridge-agency"), "category": .text("2"), "year": .text("2"), "amount": .text("333333")])
        ],
    ]

    public static func texts(_ texts: String...) -> InputValue {
        .list(texts.enumerated().map { InputValue.Item(key: String($0 + 1), value: .text($1)) })
    }

    public static func rows(_ rows: [String: InputValue]...) -> InputValue { self.rows(rows) }

    public static func rows(_ rows: [[String: InputValue]]) -> InputValue {
        .list(rows.enumerated().map { InputValue.Item(key: String($0 + 1), value: .object($1)) })
    }

    public func save(
        _ section: String, _ answers: [String: InputValue], of proposal: String, revision: Int, by actor: Actor,
        document: ProposalDocument = .conceptNote
    ) async throws -> SaveSection.Outcome {
        try await office.perform(
            SaveSection(fund: fund, proposal: proposal, document: document, section: section, revision: revision, answers: answers),
            by: actor
        ).outcome
    }

    /// Writes all of a concept note, of which nothing was written.
    public func write(_ proposal: String, by actor: Actor) async throws {
        for (section, answers) in Self.conceptNote.sorted(by: { $0.key < $1.key }) {
            _ = try await save(section, answers, of: proposal, revision: 0, by: actor)
        }
    }
}
