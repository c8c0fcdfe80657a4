internal import Foundation
public import Ledger
internal import SQL

/// An action that people ask for by a form, and programs by the JSON interface.
public protocol RequestedAction: Action where Outcome: Codable {
    /// What it asks for, in the order in which a form does.
    static var fields: [ActionField] { get }

    /// - Throws: everything that is wrong with the input, by field.
    init(fund: String, reading input: ActionInput) throws(FieldFaults)
}

/// The actions that can be asked for. A test finds one that is missing.
public enum RequestedActions {
    public static let all: [any RequestedAction.Type] =
        [
            PostEntries.self, ReverseEntry.self, InvitePerson.self, EndRole.self, RegisterOrganization.self, LoadFund.self,
            EraseEventBody.self,
            ResetAccess.self, ErasePerson.self,
        ] + ofProposals + ofAssessment

    public static func named(_ name: String) -> (any RequestedAction.Type)? { all.first { $0.name == name } }
}

/// What became of a request, whatever the action.
public struct RequestAnswer: Sendable {
    /// Ids and counts, by names in snake case.
    public let outcome: InputValue
    /// The event that vouches for the change; nil if there was nothing to change.
    public let event: ChainHead?
    public let isRepeated: Bool
}

/// What a request would do, whatever the action.
public struct RequestPreview: Sendable {
    public let outcome: InputValue
    /// The rows that it would add to the record.
    public let rows: [Row]

    public struct Row: Sendable, Hashable {
        public let table: String
        let fields: [String: String]

        /// The value of a column as text; empty if there is none.
        public subscript(column: String) -> String { fields[column] ?? "" }
    }
}

extension Office {
    /// Performs what is asked, once however often the same is asked under the same key.
    ///
    /// - Throws: `FieldFaults`, `Refusal`; `DatabaseError` if the record cannot be written.
    public nonisolated func perform(
        _ action: any RequestedAction.Type, in fund: String, _ input: ActionInput, by actor: Actor, answering request: KeyedRequest
    ) async throws -> RequestAnswer {
        try await refusing { try await perform(reading: action, in: fund, input, by: actor, answering: request) }
    }

    /// What performing it would do, or why it is refused. Nothing is changed.
    public nonisolated func preview(
        _ action: any RequestedAction.Type, in fund: String, _ input: ActionInput, by actor: Actor
    ) async throws -> RequestPreview {
        try await refusing { try await preview(reading: action, in: fund, input, by: actor) }
    }

    private nonisolated func perform<A: RequestedAction>(
        reading: A.Type, in fund: String, _ input: ActionInput, by actor: Actor, answering request: KeyedRequest
    ) async throws -> RequestAnswer {
        let performed = try await perform(try A(fund: fund, reading: input), by: actor, answering: request)
        return RequestAnswer(outcome: try InputValue(encoding: performed.outcome), event: performed.event, isRepeated: performed.isRepeated)
    }

    private nonisolated func preview<A: RequestedAction>(
        reading: A.Type, in fund: String, _ input: ActionInput, by actor: Actor
    ) async throws -> RequestPreview {
        let preview = try await preview(try A(fund: fund, reading: input), by: actor)
        let rows = preview.rows.map { row in
            RequestPreview.Row(
                table: row.table, fields: Dictionary(row.values.map { ($0.column, $0.value) }, uniquingKeysWith: { first, _ in first }))
        }
        return RequestPreview(outcome: try InputValue(encoding: preview.outcome), rows: rows)
    }

    /// What the rules of the ledger and of the database say is a refusal, too, for whoever asked.
    private nonisolated func refusing<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as EntryError {
            throw Refusal(error.description)
        } catch let error as MoneyError {
            throw Refusal(error.description)
        } catch let error as DatabaseError where concernsOneAction(error) {
            throw Refusal("the record does not take it: \(error)", remedy: "correct what names something that is there already, or is not")
        }
    }

    /// The currency of a fund; nil if the fund is not on record.
    public nonisolated func currency(of fund: String) async throws -> Currency? {
        try await database.read { try TermsOnRecord.read(fund, in: $0)?.currency }
    }
}

extension InputValue {
    /// A value in the form in which requests and answers are written.
    fileprivate init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        self = try JSONDecoder().decode(InputValue.self, from: try encoder.encode(value))
    }
}
